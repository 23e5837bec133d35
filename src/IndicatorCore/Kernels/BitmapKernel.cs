using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Kernels;

/// <summary>Bitmaps of chunk rows: 64 rows a word, least significant bit first; bits behind the last row are 0.</summary>
internal static class BitmapKernel
{
    /// <summary>How many bits are set from one row up to another.</summary>
    /// <param name="bits">The bitmap.</param>
    /// <param name="from">The first row.</param>
    /// <param name="to">Behind the last row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count(ReadOnlySpan<ulong> bits, int from, int to)
    {
        if (from >= to)
        {
            return 0;
        }

        var (word, last) = (from >> 6, (to - 1) >> 6);
        var head = ulong.MaxValue << from;
        var tail = ulong.MaxValue >> -to;
        if (word == last)
        {
            return BitOperations.PopCount(bits[word] & head & tail);
        }

        var count = BitOperations.PopCount(bits[word] & head) + BitOperations.PopCount(bits[last] & tail);
        for (word++; word < last; word++)
        {
            count += BitOperations.PopCount(bits[word]);
        }

        return count;
    }

    /// <summary>Rows of both, word by word.</summary>
    /// <param name="a">The first bitmap.</param>
    /// <param name="b">The second bitmap.</param>
    /// <param name="result">As long as <paramref name="a"/>; may be one of both.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void And(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> result)
    {
        b = b[..a.Length];
        result = result[..a.Length];
        for (var i = 0; i < a.Length; i++)
        {
            result[i] = a[i] & b[i];
        }
    }

    /// <summary>Rows of either, word by word.</summary>
    /// <param name="a">The first bitmap.</param>
    /// <param name="b">The second bitmap.</param>
    /// <param name="result">As long as <paramref name="a"/>; may be one of both.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Or(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> result)
    {
        b = b[..a.Length];
        result = result[..a.Length];
        for (var i = 0; i < a.Length; i++)
        {
            result[i] = a[i] | b[i];
        }
    }

    /// <summary>Rows of the first that are not in the second, word by word.</summary>
    /// <param name="a">The first bitmap.</param>
    /// <param name="b">The second bitmap.</param>
    /// <param name="result">As long as <paramref name="a"/>; may be one of both.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AndNot(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> result)
    {
        b = b[..a.Length];
        result = result[..a.Length];
        for (var i = 0; i < a.Length; i++)
        {
            result[i] = a[i] & ~b[i];
        }
    }

    /// <summary>Sets every bit below a length.</summary>
    /// <param name="bits">The bitmap; words behind the length are left alone.</param>
    /// <param name="length">How many rows.</param>
    public static void Fill(Span<ulong> bits, int length)
    {
        bits[..(length >> 6)].Fill(ulong.MaxValue);
        if ((length & 63) != 0)
        {
            bits[length >> 6] = ulong.MaxValue >> -length;
        }
    }

    /// <summary>Takes rows out of an Arrow validity bitmap.</summary>
    /// <param name="bitmap">One bit a row, least significant first; empty means that every row is valid.</param>
    /// <param name="start">The row of the bitmap that row 0 is.</param>
    /// <param name="length">How many rows.</param>
    /// <param name="bits">64 rows a word.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromArrow(ReadOnlySpan<byte> bitmap, int start, int length, Span<ulong> bits)
    {
        if (bitmap.IsEmpty)
        {
            Fill(bits, length);
            return;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(bitmap.Length, (int)(((long)start + length + 7) / 8), nameof(bitmap));
        var words = bits[..((length + 63) / 64)];
        var shift = start & 7;
        for (var w = 0; w < words.Length; w++)
        {
            var rest = bitmap[((start >> 3) + (w * 8))..];
            ulong word;
            if (rest.Length > 8)
            {
                word = BinaryPrimitives.ReadUInt64LittleEndian(rest) >> shift;
                word |= (ulong)rest[8] << (64 - shift) & (shift == 0 ? 0 : ulong.MaxValue);
            }
            else
            {
                word = 0;
                for (var i = 0; i < rest.Length; i++)
                {
                    word |= (ulong)rest[i] << (8 * i);
                }

                word >>= shift;
            }

            words[w] = word;
        }

        if ((length & 63) != 0)
        {
            words[^1] &= ulong.MaxValue >> -length;
        }
    }

    /// <summary>Sets bit i where values[i] is the value. Bits behind the last row become 0.</summary>
    /// <param name="values">A byte a row.</param>
    /// <param name="value">The byte that is looked for.</param>
    /// <param name="bits">64 rows a word.</param>
    public static void Equal(ReadOnlySpan<byte> values, byte value, Span<ulong> bits)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            RangeKernel.Mark<Block512<byte>, byte>(values, value, value, bits);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            RangeKernel.Mark<Block256<byte>, byte>(values, value, value, bits);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            RangeKernel.Mark<Block128<byte>, byte>(values, value, value, bits);
        }
        else
        {
            RangeKernel.Mark<BlockOfOne<byte>, byte>(values, value, value, bits);
        }
    }

    /// <summary>Sets bit i where keys[i] is not negative. Bits behind the last row become 0.</summary>
    /// <param name="keys">A key a row.</param>
    /// <param name="bits">64 rows a word.</param>
    public static void NotNegative(ReadOnlySpan<int> keys, Span<ulong> bits) => RangeKernel.Mark(keys, 0, int.MaxValue, bits);

    /// <summary>Counts set bits a run: matrix[run * stride + lane] = count of low | count of high &lt;&lt; 32.</summary>
    /// <param name="low">The bitmap that is counted in the low half.</param>
    /// <param name="high">The one that is counted in the high half; empty counts nothing.</param>
    /// <param name="ends">The exclusive ends of the runs, ascending.</param>
    /// <param name="matrix">A row of <paramref name="stride"/> numbers a run.</param>
    /// <param name="stride">The numbers a run.</param>
    /// <param name="lane">Which of them is written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CountRuns(
        ReadOnlySpan<ulong> low, ReadOnlySpan<ulong> high, ReadOnlySpan<int> ends, Span<long> matrix, int stride, int lane)
    {
        var from = 0;
        var at = lane;
        foreach (var to in ends)
        {
            var count = (long)Count(low, from, to);
            if (!high.IsEmpty)
            {
                count |= (long)Count(high, from, to) << 32;
            }

            matrix[at] = count;
            at += stride;
            from = to;
        }
    }

    /// <summary>One number a row: lane[i] = bit i of low | bit i of high &lt;&lt; 32.</summary>
    /// <param name="low">The bitmap of the low halves.</param>
    /// <param name="high">The bitmap of the high halves; empty is none.</param>
    /// <param name="length">How many rows.</param>
    /// <param name="lane">A number a row.</param>
    public static void Spread(ReadOnlySpan<ulong> low, ReadOnlySpan<ulong> high, int length, Span<long> lane)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Spread<Lanes512>(low, high, length, lane);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Spread<Lanes256>(low, high, length, lane);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Spread<Lanes128>(low, high, length, lane);
        }
        else
        {
            Spread<Lanes64>(low, high, length, lane);
        }
    }

    /// <summary>The same in lanes of a given width.</summary>
    // optimised at its first call: a ready-to-run image would hold code for the smallest vectors, and tiering would run the
    // first batches in slow code
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Spread<TLanes>(ReadOnlySpan<ulong> low, ReadOnlySpan<ulong> high, int length, Span<long> lane)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        ref var target = ref MemoryMarshal.GetReference(lane[..length]);
        var (one, upper) = (TLanes.Create(1), TLanes.Create(1L << 32));
        for (var w = 0; w < (length + 63) / 64; w++)
        {
            var (lowWord, highWord) = (low[w], high.IsEmpty ? 0 : high[w]);
            var (lows, highs) = (TLanes.Create((long)lowWord), TLanes.Create((long)highWord));
            var powers = TLanes.Powers;
            var to = Math.Min((w * 64) + 64, length);
            var i = w * 64;
            for (; i + TLanes.Count <= to; i += TLanes.Count)
            {
                var value = TLanes.Or(TLanes.And(TLanes.Test(lows, powers), one), TLanes.And(TLanes.Test(highs, powers), upper));
                TLanes.Store(value, ref Unsafe.Add(ref target, i));
                powers = TLanes.ShiftLeft(powers, TLanes.Count);
            }

            for (; i < to; i++)
            {
                Unsafe.Add(ref target, i) = (long)((lowWord >> i) & 1) | (long)((highWord >> i) & 1) << 32;
            }
        }
    }
}
