namespace IndicatorCore.Kernels;

internal static class InstantKernel
{
    public static void Scale(ReadOnlySpan<long> raw, long unit, long offset, Span<long> result)
    {
        for (var i = 0; i < raw.Length; i++) { result[i] = (raw[i] * unit) - offset; }
    }
}
