namespace IndicatorCore.Bench.Guards;

/// <summary>What ratios of times depend on: the widest vectors.</summary>
internal enum ProcessorClass
{
    /// <summary>None of the classes that have ceilings: figures are reported and hold nothing.</summary>
    Other,

    /// <summary>256 bits.</summary>
    Avx2,

    /// <summary>512 bits.</summary>
    Avx512,
}
