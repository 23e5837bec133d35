namespace IndicatorCore.Bench.Guards;

/// <summary>A promise about speed or memory, as <c>guards.json</c> holds it.</summary>
/// <param name="Name">The measurement, one of <see cref="GuardBoard"/>'s.</param>
/// <param name="Avx512">What is promised of processors with vectors of 512 bits.</param>
/// <param name="Avx2">The same of 256 bits.</param>
internal sealed record Guard(string Name, GuardPromise Avx512, GuardPromise Avx2)
{
    /// <summary>What is promised of a class of processors; null of a class that is only reported.</summary>
    public GuardPromise? Of(ProcessorClass processor) => processor switch
    {
        ProcessorClass.Avx512 => Avx512,
        ProcessorClass.Avx2 => Avx2,
        _ => null,
    };
}
