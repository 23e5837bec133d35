using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Kernels;

/// <summary>Conversion to fixed point lane by lane in every width, with the rows outside as a bitmap.</summary>
internal static class FixedPointLanes
{
    /// <summary>Converts doubles, floats, ints or longs in the widest lanes.</summary>
    public static ulong Convert<T>(ReadOnlySpan<T> values, double factor, Span<long> results, Span<ulong> outside)
        where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Convert<Lanes512, T>(values, factor, results, outside);
        }

        if (Vector256.IsHardwareAccelerated)
        {
            return Convert<Lanes256, T>(values, factor, results, outside);
        }

        if (Vector128.IsHardwareAccelerated)
        {
            return Convert<Lanes128, T>(values, factor, results, outside);
        }

        return Convert<Lanes64, T>(values, factor, results, outside);
    }

    /// <summary>Zeroes in the widest lanes.</summary>
    public static ulong ZeroWhereNot(Span<long> values, ReadOnlySpan<ulong> valid)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return ZeroWhereNot<Lanes512>(values, valid);
        }

        if (Vector256.IsHardwareAccelerated)
        {
            return ZeroWhereNot<Lanes256>(values, valid);
        }

        if (Vector128.IsHardwareAccelerated)
        {
            return ZeroWhereNot<Lanes128>(values, valid);
        }

        return ZeroWhereNot<Lanes64>(values, valid);
    }

    /// <summary>The conversion in lanes of a given width.</summary>
    // optimised at its first call: a ready-to-run image would hold code for the smallest vectors, and tiering would run the
    // first batches in slow code
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static ulong Convert<TLanes, T>(ReadOnlySpan<T> values, double factor, Span<long> results, Span<ulong> outside)
        where TLanes : unmanaged, ILanes<TLanes>
        where T : unmanaged
    {
        var words = outside[..((values.Length + 63) / 64)];
        ref var source = ref MemoryMarshal.GetReference(values);
        ref var target = ref MemoryMarshal.GetReference(results[..values.Length]);
        var (all, rest) = (TLanes.Create(0), Lanes64.Create(0));
        var limit = FixedPointKernel.FastLimit / factor;
        for (var w = 0; w < words.Length; w++)
        {
            var to = Math.Min((w * 64) + 64, values.Length);
            var word = 0UL;
            var i = w * 64;
            for (; i + TLanes.Count <= to; i += TLanes.Count)
            {
                all = TLanes.Or(all, ConvertBlock<TLanes, T>(ref source, factor, limit, ref target, i, ref word));
            }

            for (; i < to; i++)
            {
                rest = Lanes64.Or(rest, ConvertBlock<Lanes64, T>(ref source, factor, limit, ref target, i, ref word));
            }

            words[w] = word;
        }

        return (ulong)(TLanes.Any(all) | rest.Value);
    }

    /// <summary>The zeroing in lanes of a given width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static ulong ZeroWhereNot<TLanes>(Span<long> values, ReadOnlySpan<ulong> valid)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var (all, rest) = (TLanes.Create(0), 0L);
        for (var from = 0; from < values.Length; from += 64)
        {
            var word = valid[from >> 6];
            var words = TLanes.Create((long)word);
            var powers = TLanes.Powers;
            var to = Math.Min(from + 64, values.Length);
            var i = from;
            for (; i + TLanes.Count <= to; i += TLanes.Count)
            {
                var kept = TLanes.And(TLanes.Load(in Unsafe.Add(ref first, i)), TLanes.Test(words, powers));
                TLanes.Store(kept, ref Unsafe.Add(ref first, i));
                all = TLanes.Or(all, TLanes.Xor(kept, TLanes.Signs(kept)));
                powers = TLanes.ShiftLeft(powers, TLanes.Count);
            }

            for (; i < to; i++)
            {
                ref var value = ref Unsafe.Add(ref first, i);
                value = ((word >> i) & 1) != 0 ? value : 0;
                rest |= value ^ (value >> 63);
            }
        }

        return (ulong)(TLanes.Any(all) | rest);
    }

    /// <summary>Narrow integers, 64 at a time through a wider type: they are rare, and this costs no other loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static ulong ConvertWidened<TFrom, TTo>(ReadOnlySpan<TFrom> values, double factor, Span<long> results, Span<ulong> outside)
        where TFrom : unmanaged, IBinaryInteger<TFrom>
        where TTo : unmanaged, IBinaryInteger<TTo>
    {
        Span<TTo> wide = stackalloc TTo[64];
        var all = 0UL;
        for (var from = 0; from < values.Length; from += 64)
        {
            var rows = values[from..Math.Min(from + 64, values.Length)];
            for (var i = 0; i < rows.Length; i++)
            {
                wide[i] = TTo.CreateTruncating(rows[i]);
            }

            ReadOnlySpan<TTo> read = wide[..rows.Length];
            all |= typeof(TTo) == typeof(int)
                ? Convert(MemoryMarshal.Cast<TTo, int>(read), factor, results[from..], outside[(from >> 6)..])
                : Convert(MemoryMarshal.Cast<TTo, long>(read), factor, results[from..], outside[(from >> 6)..]);
        }

        return all;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes ConvertBlock<TLanes, T>(ref T source, double factor, double limit, ref long target, int i, ref ulong outside)
        where TLanes : unmanaged, ILanes<TLanes>
        where T : unmanaged
    {
        var values = LoadDoubles<TLanes, T>(ref Unsafe.Add(ref source, i));
        var magic = TLanes.Create(BitConverter.DoubleToInt64Bits(FixedPointKernel.Magic));

        // a comparison with NaN is false, so NaN and infinities are outside
        var inside = TLanes.IsMagnitudeBelow(values, TLanes.Create(BitConverter.DoubleToInt64Bits(limit)));
        var product = TLanes.FusedMultiplyAdd(values, TLanes.Create(BitConverter.DoubleToInt64Bits(factor)), magic);
        var rounded = TLanes.And(TLanes.Subtract(product, magic), inside);
        TLanes.Store(rounded, ref Unsafe.Add(ref target, i));
        outside |= (TLanes.Bits(inside) ^ (ulong.MaxValue >> (64 - TLanes.Count))) << i;
        return TLanes.Xor(rounded, TLanes.Signs(rounded));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes LoadDoubles<TLanes, T>(ref T source)
        where TLanes : unmanaged, ILanes<TLanes>
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            return TLanes.Load(in Unsafe.As<T, double>(ref source));
        }

        if (typeof(T) == typeof(float))
        {
            return TLanes.LoadDoubles(in Unsafe.As<T, float>(ref source));
        }

        // a long that a double cannot hold is outside whatever the factor, and so is the double next to it
        return typeof(T) == typeof(int)
            ? TLanes.LoadDoubles(in Unsafe.As<T, int>(ref source))
            : TLanes.ToDoubles(TLanes.Load(in Unsafe.As<T, long>(ref source)));
    }
}
