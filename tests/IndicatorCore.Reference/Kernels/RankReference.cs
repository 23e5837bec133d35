namespace IndicatorCore.Reference.Kernels;

/// <summary>The value of a rank, by sorting.</summary>
public static class RankReference
{
    /// <summary>The value of a rank, 1 for the least.</summary>
    public static uint Select(ReadOnlySpan<uint> values, int rank)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted[rank - 1];
    }

    /// <summary>The value of a rank, 1 for the least.</summary>
    public static long Select(ReadOnlySpan<long> values, int rank)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted[rank - 1];
    }
}
