namespace IndicatorCore.Aggregation.Exact;

/// <summary>The generator of Steele, Lea and Flood (OOPSLA 2014): a counter and a mixing function, the same on every machine.</summary>
/// <param name="seed">Where the counter starts.</param>
internal struct SplitMix64(ulong seed)
{
    private ulong _counter = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _counter += 0x9E3779B97F4A7C15;
        var bits = _counter;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    /// <summary>The next integer in [0, bound), every one equally likely.</summary>
    /// <param name="bound">Above zero.</param>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);

        // Lemire 2019: the high half of the product, refusing the few low halves that would favour some results.
        var refuse = (0 - (ulong)bound) % (ulong)bound;
        while (true)
        {
            var high = Math.BigMul(Next(), (ulong)bound, out var low);
            if (low >= refuse)
            {
                return (int)high;
            }
        }
    }

    /// <summary>Integers in [0, bound) as <see cref="Next(int)"/> gives them one after another.</summary>
    /// <param name="into">Takes them.</param>
    /// <param name="bound">Above zero.</param>
    public void Fill(Span<int> into, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var refuse = (0 - (ulong)bound) % (ulong)bound;
        foreach (ref var drawn in into)
        {
            ulong low;
            do
            {
                drawn = (int)Math.BigMul(Next(), (ulong)bound, out low);
            }
            while (low < refuse);
        }
    }
}
