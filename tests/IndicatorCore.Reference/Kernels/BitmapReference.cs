namespace IndicatorCore.Reference.Kernels;

/// <summary>Bitmaps, bit by bit.</summary>
internal static class BitmapReference
{
    /// <summary>Whether a row's bit is set; of no bitmap every one is.</summary>
    public static bool IsSet(ReadOnlySpan<ulong> bits, int row) => bits.IsEmpty || ((bits[row / 64] >> (row % 64)) & 1) == 1;

    /// <summary>How many bits are set.</summary>
    public static int Count(ReadOnlySpan<ulong> bits, int from, int to)
    {
        var count = 0;
        for (var i = from; i < to; i++)
        {
            count += IsSet(bits, i) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Writes what a test says of every row; the rest of the last word is 0.</summary>
    public static void Fill(Span<ulong> bits, int length, Func<int, bool> test)
    {
        bits[..((length + 63) / 64)].Clear();
        for (var i = 0; i < length; i++)
        {
            bits[i / 64] |= test(i) ? 1UL << (i % 64) : 0;
        }
    }

    /// <summary>Counts of both bitmaps a run.</summary>
    public static void CountRuns(
        ReadOnlySpan<ulong> low, ReadOnlySpan<ulong> high, ReadOnlySpan<int> ends, Span<long> matrix, int stride, int lane)
    {
        for (var run = 0; run < ends.Length; run++)
        {
            var from = run == 0 ? 0 : ends[run - 1];
            matrix[(run * stride) + lane] = Count(low, from, ends[run]) + (high.IsEmpty ? 0 : (long)Count(high, from, ends[run]) << 32);
        }
    }

    /// <summary>A number a row.</summary>
    public static void Spread(ReadOnlySpan<ulong> low, ReadOnlySpan<ulong> high, int length, Span<long> lane)
    {
        for (var i = 0; i < length; i++)
        {
            lane[i] = (IsSet(low, i) ? 1 : 0) + (!high.IsEmpty && IsSet(high, i) ? 1L << 32 : 0);
        }
    }
}
