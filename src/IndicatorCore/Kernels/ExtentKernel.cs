namespace IndicatorCore.Kernels;

internal static class ExtentKernel
{
    public static (long Min, long Max) Of(ReadOnlySpan<long> values)
    {
        var (a, b) = (long.MaxValue, long.MinValue);
        foreach (var v in values) { a = Math.Min(a, v); b = Math.Max(b, v); }
        return (a, b);
    }
}
