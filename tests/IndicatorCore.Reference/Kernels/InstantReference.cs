namespace IndicatorCore.Reference.Kernels;

/// <summary>Instants in whole numbers.</summary>
internal static class InstantReference
{
    /// <summary>Scales.</summary>
    public static void Scale(ReadOnlySpan<long> raw, long unit, long offset, Span<long> result)
    {
        for (var i = 0; i < raw.Length; i++)
        {
            result[i] = checked((long)(((Int128)raw[i] * unit) - offset));
        }
    }
}
