using System.Numerics;

namespace IndicatorCore.Aggregation.Fold;

/// <summary>Bitmaps over the rows of a <see cref="RowChunk"/>: 64 rows a word, least significant first, 0 beyond the last row.</summary>
internal static class RowMask
{
    /// <summary>Words of a mask.</summary>
    public const int Words = RowChunk.Capacity / 64;

    /// <summary>A mask without rows.</summary>
    public static ulong[] New() => new ulong[Words];

    /// <summary>Whether any row is in a mask.</summary>
    public static bool Any(ReadOnlySpan<ulong> mask) => mask.ContainsAnyExcept(0UL);

    /// <summary>How many rows are in a mask.</summary>
    public static int Count(ReadOnlySpan<ulong> mask)
    {
        var count = 0;
        foreach (var word in mask)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>Whether a row is in a mask.</summary>
    public static bool Has(ReadOnlySpan<ulong> mask, int row) => (mask[row >> 6] >> (row & 63) & 1) != 0;

    /// <summary>Puts a row into a mask.</summary>
    public static void Set(Span<ulong> mask, int row) => mask[row >> 6] |= 1UL << (row & 63);

    /// <summary>The first row of a mask at or after <paramref name="row"/>, or -1.</summary>
    public static int Next(ReadOnlySpan<ulong> mask, int row)
    {
        for (var word = row >> 6; word < mask.Length; word++)
        {
            var bits = word == row >> 6 ? mask[word] & (ulong.MaxValue << (row & 63)) : mask[word];
            if (bits != 0)
            {
                return (word << 6) + BitOperations.TrailingZeroCount(bits);
            }
        }

        return -1;
    }
}
