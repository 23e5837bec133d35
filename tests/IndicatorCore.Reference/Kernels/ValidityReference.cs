namespace IndicatorCore.Reference.Kernels;

/// <summary>Validity bitmaps, row by row.</summary>
internal static class ValidityReference
{
    /// <summary>Writes 0 for every valid row and 1 for every null.</summary>
    public static void Expand(ReadOnlySpan<byte> bitmap, int start, Span<byte> nulls)
    {
        for (var i = 0; i < nulls.Length; i++)
        {
            var row = start + i;
            nulls[i] = bitmap.IsEmpty || ((bitmap[row / 8] >> (row % 8)) & 1) == 1 ? (byte)0 : (byte)1;
        }
    }
}
