namespace IndicatorCore.Reference.Kernels;

/// <summary>Panes by division of wide integers.</summary>
internal static class PaneReference
{
    /// <summary>Divides.</summary>
    public static void Divide(ReadOnlySpan<long> instants, long start, long length, int first, Span<int> result)
    {
        for (var i = 0; i < instants.Length; i++)
        {
            result[i] = unchecked(first + (int)(((Int128)instants[i] - start) / length));
        }
    }

    /// <summary>The division that a program without the kernel would do.</summary>
    public static void DivideOneByOne(ReadOnlySpan<long> instants, long start, long length, int first, Span<int> result)
    {
        for (var i = 0; i < instants.Length; i++)
        {
            result[i] = first + (int)((instants[i] - start) / length);
        }
    }
}
