namespace IndicatorCore.Kernels;

/// <summary>Hashes of tuples of numbers. Where they lie decides nothing that reaches a result.</summary>
internal static class HashKernel
{
    private const uint Multiplier = 0x9E3779B1;   // 2^32 / golden ratio, odd

    /// <summary>Adds a number to a hash; the high bits are the good ones.</summary>
    public static uint Mix(uint hash, int number) => (hash + (uint)number) * Multiplier;
}
