using System.Buffers.Binary;
using IndicatorCore.Columns;

namespace IndicatorCore.Kernels;

/// <summary>Validity bitmaps to one byte a row, eight rows a step.</summary>
internal static class ValidityKernel
{
    // byte i of entry b is 1 where bit i of b is 0
    private static readonly ulong[] s_nulls = [.. Enumerable.Range(0, 256).Select(Spread)];

    /// <summary>Writes 0 for every valid row and 1 for every null.</summary>
    /// <param name="bitmap">One bit a row, least significant first, 1 is valid; empty means all valid.</param>
    /// <param name="start">The row that <paramref name="nulls"/> begins with.</param>
    /// <param name="nulls">A byte a row.</param>
    public static void Expand(ReadOnlySpan<byte> bitmap, int start, Span<byte> nulls)
    {
        if (bitmap.IsEmpty)
        {
            nulls.Clear();
            return;
        }

        var done = 0;
        if ((start & 7) == 0)
        {
            var table = s_nulls;
            for (var at = start >> 3; done + 8 <= nulls.Length; done += 8, at++)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(nulls[done..], table[bitmap[at]]);
            }
        }

        for (; done < nulls.Length; done++)
        {
            nulls[done] = ValidityBitmap.IsValid(bitmap, start + done) ? (byte)0 : (byte)1;
        }
    }

    private static ulong Spread(int bits)
    {
        var bytes = 0UL;
        for (var i = 0; i < 8; i++)
        {
            bytes |= (bits >> i & 1) == 0 ? 1UL << (8 * i) : 0;
        }

        return bytes;
    }
}
