using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Kernels;

/// <summary>Where values change from one row to the next, and the runs of equal rows between the changes.</summary>
internal static class RunKernel
{
    /// <summary>Sets bit i where row i differs from the row before; bit 0 is always set.</summary>
    /// <param name="values">A value a row.</param>
    /// <param name="changes">64 rows a word; bits behind the last row become 0 unless <paramref name="accumulate"/>.</param>
    /// <param name="accumulate">Whether what is set stays set: the changes of several columns.</param>
    public static void MarkChanges(ReadOnlySpan<int> values, Span<ulong> changes, bool accumulate)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            MarkChanges<Block512<int>, int>(values, changes, accumulate);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            MarkChanges<Block256<int>, int>(values, changes, accumulate);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            MarkChanges<Block128<int>, int>(values, changes, accumulate);
        }
        else
        {
            MarkChanges<BlockOfOne<int>, int>(values, changes, accumulate);
        }
    }

    /// <summary>Sets bit i where row i differs from the row before; bit 0 is always set.</summary>
    /// <param name="values">A value a row.</param>
    /// <param name="changes">64 rows a word; bits behind the last row become 0 unless <paramref name="accumulate"/>.</param>
    /// <param name="accumulate">Whether what is set stays set: the changes of several columns.</param>
    public static void MarkChanges(ReadOnlySpan<long> values, Span<ulong> changes, bool accumulate)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            MarkChanges<Block512<long>, long>(values, changes, accumulate);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            MarkChanges<Block256<long>, long>(values, changes, accumulate);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            MarkChanges<Block128<long>, long>(values, changes, accumulate);
        }
        else
        {
            MarkChanges<BlockOfOne<long>, long>(values, changes, accumulate);
        }
    }

    /// <summary>The exclusive ends of the runs, in order; the last is <paramref name="length"/>.</summary>
    /// <param name="changes">Where runs begin; bit 0 need not be set.</param>
    /// <param name="length">How many rows.</param>
    /// <param name="ends">Room for a number a run.</param>
    /// <returns>How many runs.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Ends(ReadOnlySpan<ulong> changes, int length, Span<int> ends)
    {
        if (length == 0)
        {
            return 0;
        }

        var words = changes[..((length + 63) / 64)];
        var count = 0;
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            if (i == 0)
            {
                word &= ~1UL;
            }

            if (i == words.Length - 1)
            {
                word &= ulong.MaxValue >> (-length & 63);
            }

            for (; word != 0; word &= word - 1)
            {
                ends[count++] = (i * 64) + BitOperations.TrailingZeroCount(word);
            }
        }

        ends[count++] = length;
        return count;
    }

    /// <summary>The same in blocks of a given width.</summary>
    // optimised at its first call: a ready-to-run image would hold code for the smallest vectors, and tiering would run the
    // first batches in slow code
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MarkChanges<TBlock, T>(ReadOnlySpan<T> values, Span<ulong> changes, bool accumulate)
        where TBlock : unmanaged, IBlock<TBlock, T>
        where T : unmanaged, INumber<T>
    {
        var words = changes[..((values.Length + 63) / 64)];
        ref var first = ref MemoryMarshal.GetReference(values);
        for (var w = 0; w < words.Length; w++)
        {
            var (from, to) = (w * 64, Math.Min((w * 64) + 64, values.Length));
            var same = 0UL;
            var i = from;
            if (w == 0)
            {
                // row 0 has none before it
                for (i = 1; i < Math.Min(TBlock.Count, to); i++)
                {
                    same |= Same<BlockOfOne<T>, T>(ref first, i) << i;
                }
            }

            for (; i + TBlock.Count <= to; i += TBlock.Count)
            {
                same |= Same<TBlock, T>(ref first, i) << i;
            }

            for (; i < to; i++)
            {
                same |= Same<BlockOfOne<T>, T>(ref first, i) << i;
            }

            var changed = ~same & (ulong.MaxValue >> (from + 64 - to));
            words[w] = accumulate ? words[w] | changed : changed;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Same<TBlock, T>(ref T first, int i)
        where TBlock : unmanaged, IBlock<TBlock, T>
        where T : unmanaged, INumber<T> =>
        TBlock.Equal(TBlock.Load(in Unsafe.Add(ref first, i)), TBlock.Load(in Unsafe.Add(ref first, i - 1)));
}
