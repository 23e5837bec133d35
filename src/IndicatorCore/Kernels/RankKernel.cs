using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Kernels;

/// <summary>
/// The value of a rank in an unsorted sample: the range of values is halved until the rank is alone in it, and each step counts the
/// whole sample by vectors. Nothing is moved and no branch depends on a value, so that samples of some hundred values take well below
/// a microsecond.
/// </summary>
internal static class RankKernel
{
    /// <summary>The value of a rank.</summary>
    /// <param name="values">The sample in any order, not empty.</param>
    /// <param name="rank">1 for the least to the sample's length for the greatest.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Select(ReadOnlySpan<uint> values, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, values.Length);
        var (low, high) = MinMax(values);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var count = CountUpTo(values, middle);
            if (count == rank)
            {
                return GreatestUpTo(values, middle);
            }

            if (count == rank - 1)
            {
                return LeastAbove(values, middle);
            }

            (low, high) = count > rank ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>The value of a rank.</summary>
    /// <param name="values">The sample in any order, not empty.</param>
    /// <param name="rank">1 for the least to the sample's length for the greatest.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Select(ReadOnlySpan<long> values, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, values.Length);
        var (low, high) = MinMax(values);
        while (low < high)
        {
            var middle = (long)(((Int128)low + high) >> 1);
            (low, high) = CountUpTo(values, middle) >= rank ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>The least and the greatest of values that are not empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (uint Min, uint Max) MinMax(ReadOnlySpan<uint> values)
    {
        var (min, max) = (uint.MaxValue, uint.MinValue);
        var blocks = MemoryMarshal.Cast<uint, Vector<uint>>(values);
        if (blocks.Length > 0)
        {
            var (least, greatest) = (blocks[0], blocks[0]);
            foreach (var block in blocks[1..])
            {
                least = Vector.Min(least, block);
                greatest = Vector.Max(greatest, block);
            }

            for (var i = 0; i < Vector<uint>.Count; i++)
            {
                (min, max) = (Math.Min(min, least[i]), Math.Max(max, greatest[i]));
            }
        }

        foreach (var value in values[(blocks.Length * Vector<uint>.Count)..])
        {
            (min, max) = (Math.Min(min, value), Math.Max(max, value));
        }

        return (min, max);
    }

    /// <summary>The least and the greatest of values that are not empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (long Min, long Max) MinMax(ReadOnlySpan<long> values)
    {
        var (min, max) = (long.MaxValue, long.MinValue);
        foreach (var value in values)
        {
            (min, max) = (Math.Min(min, value), Math.Max(max, value));
        }

        return (min, max);
    }

    /// <summary>How many values are at most <paramref name="limit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int CountUpTo(ReadOnlySpan<uint> values, uint limit)
    {
        var count = 0;
        var done = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            var blocks = MemoryMarshal.Cast<uint, Vector512<uint>>(values);
            var limits = Vector512.Create(limit);
            foreach (var block in blocks)
            {
                count += BitOperations.PopCount(Vector512.LessThanOrEqual(block, limits).ExtractMostSignificantBits());
            }

            done = blocks.Length * Vector512<uint>.Count;
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            var blocks = MemoryMarshal.Cast<uint, Vector256<uint>>(values);
            var limits = Vector256.Create(limit);
            foreach (var block in blocks)
            {
                count += BitOperations.PopCount(Vector256.LessThanOrEqual(block, limits).ExtractMostSignificantBits());
            }

            done = blocks.Length * Vector256<uint>.Count;
        }

        foreach (var value in values[done..])
        {
            count += value <= limit ? 1 : 0;
        }

        return count;
    }

    /// <summary>How many values are at most <paramref name="limit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int CountUpTo(ReadOnlySpan<long> values, long limit)
    {
        var blocks = MemoryMarshal.Cast<long, Vector<long>>(values);
        var limits = new Vector<long>(limit);
        var counts = Vector<long>.Zero;
        foreach (var block in blocks)
        {
            counts -= Vector.LessThanOrEqual(block, limits);
        }

        var count = (int)Vector.Sum(counts);
        foreach (var value in values[(blocks.Length * Vector<long>.Count)..])
        {
            count += value <= limit ? 1 : 0;
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint GreatestUpTo(ReadOnlySpan<uint> values, uint limit)
    {
        var blocks = MemoryMarshal.Cast<uint, Vector<uint>>(values);
        var (limits, greatest) = (new Vector<uint>(limit), Vector<uint>.Zero);
        foreach (var block in blocks)
        {
            greatest = Vector.Max(greatest, Vector.ConditionalSelect(Vector.LessThanOrEqual(block, limits), block, Vector<uint>.Zero));
        }

        var result = 0u;
        for (var i = 0; i < Vector<uint>.Count; i++)
        {
            result = Math.Max(result, greatest[i]);
        }

        foreach (var value in values[(blocks.Length * Vector<uint>.Count)..])
        {
            result = value <= limit ? Math.Max(result, value) : result;
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint LeastAbove(ReadOnlySpan<uint> values, uint limit)
    {
        var blocks = MemoryMarshal.Cast<uint, Vector<uint>>(values);
        var (limits, least) = (new Vector<uint>(limit), Vector<uint>.AllBitsSet);
        foreach (var block in blocks)
        {
            least = Vector.Min(least, Vector.ConditionalSelect(Vector.GreaterThan(block, limits), block, Vector<uint>.AllBitsSet));
        }

        var result = uint.MaxValue;
        for (var i = 0; i < Vector<uint>.Count; i++)
        {
            result = Math.Min(result, least[i]);
        }

        foreach (var value in values[(blocks.Length * Vector<uint>.Count)..])
        {
            result = value > limit ? Math.Min(result, value) : result;
        }

        return result;
    }
}
