using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Kernels;

/// <summary>Which rows lie in a range.</summary>
internal static class RangeKernel
{
    /// <summary>Sets bit i where low &lt;= values[i] &lt;= high; NaN lies nowhere. Bits behind the last row become 0.</summary>
    /// <param name="values">A value a row.</param>
    /// <param name="low">The least that lies in the range.</param>
    /// <param name="high">The largest.</param>
    /// <param name="bits">64 rows a word.</param>
    public static void Mark(ReadOnlySpan<long> values, long low, long high, Span<ulong> bits)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Mark<Block512<long>, long>(values, low, high, bits);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Mark<Block256<long>, long>(values, low, high, bits);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Mark<Block128<long>, long>(values, low, high, bits);
        }
        else
        {
            Mark<BlockOfOne<long>, long>(values, low, high, bits);
        }
    }

    /// <summary>Sets bit i where low &lt;= values[i] &lt;= high; NaN lies nowhere. Bits behind the last row become 0.</summary>
    /// <param name="values">A value a row.</param>
    /// <param name="low">The least that lies in the range.</param>
    /// <param name="high">The largest.</param>
    /// <param name="bits">64 rows a word.</param>
    public static void Mark(ReadOnlySpan<int> values, int low, int high, Span<ulong> bits)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Mark<Block512<int>, int>(values, low, high, bits);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Mark<Block256<int>, int>(values, low, high, bits);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Mark<Block128<int>, int>(values, low, high, bits);
        }
        else
        {
            Mark<BlockOfOne<int>, int>(values, low, high, bits);
        }
    }

    /// <summary>Sets bit i where low &lt;= values[i] &lt;= high; NaN lies nowhere. Bits behind the last row become 0.</summary>
    /// <param name="values">A value a row.</param>
    /// <param name="low">The least that lies in the range.</param>
    /// <param name="high">The largest.</param>
    /// <param name="bits">64 rows a word.</param>
    public static void Mark(ReadOnlySpan<float> values, float low, float high, Span<ulong> bits)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Mark<Block512<float>, float>(values, low, high, bits);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Mark<Block256<float>, float>(values, low, high, bits);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Mark<Block128<float>, float>(values, low, high, bits);
        }
        else
        {
            Mark<BlockOfOne<float>, float>(values, low, high, bits);
        }
    }

    /// <summary>Sets bit i where low &lt;= values[i] &lt;= high; NaN lies nowhere. Bits behind the last row become 0.</summary>
    /// <param name="values">A value a row.</param>
    /// <param name="low">The least that lies in the range.</param>
    /// <param name="high">The largest.</param>
    /// <param name="bits">64 rows a word.</param>
    public static void Mark(ReadOnlySpan<double> values, double low, double high, Span<ulong> bits)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Mark<Block512<double>, double>(values, low, high, bits);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Mark<Block256<double>, double>(values, low, high, bits);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Mark<Block128<double>, double>(values, low, high, bits);
        }
        else
        {
            Mark<BlockOfOne<double>, double>(values, low, high, bits);
        }
    }

    /// <summary>The same in blocks of a given width.</summary>
    // optimised at its first call: a ready-to-run image would hold code for the smallest vectors, and tiering would run the
    // first batches in slow code
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Mark<TBlock, T>(ReadOnlySpan<T> values, T low, T high, Span<ulong> bits)
        where TBlock : unmanaged, IBlock<TBlock, T>
        where T : unmanaged, INumber<T>
    {
        var words = bits[..((values.Length + 63) / 64)];
        ref var first = ref MemoryMarshal.GetReference(values);
        var (lows, highs) = (TBlock.Create(low), TBlock.Create(high));
        for (var w = 0; w < words.Length; w++)
        {
            var to = Math.Min((w * 64) + 64, values.Length);
            var word = 0UL;
            var i = w * 64;
            for (; i + TBlock.Count <= to; i += TBlock.Count)
            {
                word |= TBlock.Within(TBlock.Load(in Unsafe.Add(ref first, i)), lows, highs) << i;
            }

            for (; i < to; i++)
            {
                var value = BlockOfOne<T>.Load(in Unsafe.Add(ref first, i));
                word |= BlockOfOne<T>.Within(value, BlockOfOne<T>.Create(low), BlockOfOne<T>.Create(high)) << i;
            }

            words[w] = word;
        }
    }
}
