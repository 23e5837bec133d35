namespace IndicatorCore.Bench.Kernels;

/// <summary>Chunks that the kernels' benchmarks work on, seeded.</summary>
internal static class ChunkInputs
{
    /// <summary>Numbers of about 40 bits.</summary>
    public static long[] Longs(int rows)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, rows).Select(_ => random.NextInt64(-1L << 40, 1L << 40))];
    }

    /// <summary>A bitmap with a share of nulls in percent.</summary>
    public static ulong[] Valid(int rows, int nullPercent)
    {
        var random = new Random(2);
        var bits = new ulong[(rows + 63) / 64];
        for (var i = 0; i < rows; i++)
        {
            bits[i / 64] |= random.Next(100) >= nullPercent ? 1UL << (i % 64) : 0;
        }

        return bits;
    }

    /// <summary>Ends of runs of one length.</summary>
    public static int[] Ends(int rows, int run) => [.. Enumerable.Range(1, (rows + run - 1) / run).Select(i => Math.Min(i * run, rows))];
}
