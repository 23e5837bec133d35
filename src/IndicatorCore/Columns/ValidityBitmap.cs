using System.Numerics;
using System.Runtime.InteropServices;

namespace IndicatorCore.Columns;

/// <summary>Reads Arrow validity bitmaps: one bit a row, least significant first, 1 is valid; empty means all valid.</summary>
public static class ValidityBitmap
{
    /// <summary>Whether row <paramref name="row"/> is valid.</summary>
    /// <param name="bitmap">The bitmap; empty means all valid.</param>
    /// <param name="row">From 0; must lie within the bitmap unless that is empty.</param>
    public static bool IsValid(ReadOnlySpan<byte> bitmap, int row) => bitmap.IsEmpty || (bitmap[row >> 3] >> (row & 7) & 1) != 0;

    /// <summary>The zero bits among the first <paramref name="length"/>; bits behind them are not looked at.</summary>
    /// <param name="bitmap">At least (length + 7) / 8 bytes, or empty for no nulls.</param>
    /// <param name="length">Rows.</param>
    public static int CountNulls(ReadOnlySpan<byte> bitmap, int length)
    {
        if (bitmap.IsEmpty)
        {
            return 0;
        }

        var whole = bitmap[..(length >> 3)];
        var words = MemoryMarshal.Cast<byte, ulong>(whole);
        var ones = 0;
        foreach (var word in words)
        {
            ones += BitOperations.PopCount(word);
        }

        foreach (var last in whole[(words.Length * sizeof(ulong))..])
        {
            ones += BitOperations.PopCount(last);
        }

        if ((length & 7) != 0)
        {
            ones += BitOperations.PopCount(bitmap[length >> 3] & ((1u << (length & 7)) - 1));
        }

        return length - ones;
    }
}
