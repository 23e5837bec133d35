namespace IndicatorCore.Kernels;

internal static class PaneKernel
{
    public static void Divide(ReadOnlySpan<long> instants, long start, long length, int first, Span<int> result)
    {
        for (var i = 0; i < instants.Length; i++) { result[i] = first + (int)((instants[i] - start) / length); }
    }
}
