namespace IndicatorCore.Kernels;

internal static class RunKernel
{
    public static void MarkChanges(ReadOnlySpan<int> values, Span<ulong> changes, bool accumulate)
    {
        if (!accumulate) { changes[..((values.Length + 63) >> 6)].Clear(); }
        for (var i = 0; i < values.Length; i++) { if (i == 0 || values[i] != values[i - 1]) { changes[i >> 6] |= 1UL << (i & 63); } }
    }

    public static int Ends(ReadOnlySpan<ulong> changes, int length, Span<int> ends)
    {
        var n = 0;
        for (var i = 1; i < length; i++) { if ((changes[i >> 6] >> (i & 63) & 1) != 0) { ends[n++] = i; } }
        if (length > 0) { ends[n++] = length; }
        return n;
    }
}
