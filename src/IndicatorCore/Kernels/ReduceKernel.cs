using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Kernels;

/// <summary>Values of a lane to one number a run, or one a row.</summary>
internal static class ReduceKernel
{
    /// <summary>Sums modulo 2^64: matrix[run * stride + lane] = the sum of the run's values.</summary>
    /// <param name="values">A value a row.</param>
    /// <param name="mask">The rows that count, 64 a word; empty when all do.</param>
    /// <param name="ends">The exclusive ends of the runs, ascending, none behind the values.</param>
    /// <param name="matrix">A row of <paramref name="stride"/> numbers a run.</param>
    /// <param name="stride">The numbers a run.</param>
    /// <param name="lane">Which of them is written.</param>
    public static void SumRuns(
        ReadOnlySpan<long> values, ReadOnlySpan<ulong> mask, ReadOnlySpan<int> ends, Span<long> matrix, int stride, int lane)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Runs<Lanes512, SumReduction>(values, mask, ends, matrix, stride, lane);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Runs<Lanes256, SumReduction>(values, mask, ends, matrix, stride, lane);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Runs<Lanes128, SumReduction>(values, mask, ends, matrix, stride, lane);
        }
        else
        {
            Runs<Lanes64, SumReduction>(values, mask, ends, matrix, stride, lane);
        }
    }

    /// <summary>The largest value a run, or the largest negated value; <see cref="long.MinValue"/> where no row counts.</summary>
    /// <param name="values">A value a row; when negated, none is <see cref="long.MinValue"/>.</param>
    /// <param name="mask">The rows that count, 64 a word; empty when all do.</param>
    /// <param name="ends">The exclusive ends of the runs, ascending, none behind the values.</param>
    /// <param name="negate">Whether values are negated, so that the result stands for the least.</param>
    /// <param name="matrix">A row of <paramref name="stride"/> numbers a run.</param>
    /// <param name="stride">The numbers a run.</param>
    /// <param name="lane">Which of them is written.</param>
    public static void MaxRuns(
        ReadOnlySpan<long> values, ReadOnlySpan<ulong> mask, ReadOnlySpan<int> ends, bool negate, Span<long> matrix, int stride, int lane)
    {
        if (negate)
        {
            if (Vector512.IsHardwareAccelerated)
            {
                Runs<Lanes512, NegatedMaxReduction>(values, mask, ends, matrix, stride, lane);
            }
            else if (Vector256.IsHardwareAccelerated)
            {
                Runs<Lanes256, NegatedMaxReduction>(values, mask, ends, matrix, stride, lane);
            }
            else if (Vector128.IsHardwareAccelerated)
            {
                Runs<Lanes128, NegatedMaxReduction>(values, mask, ends, matrix, stride, lane);
            }
            else
            {
                Runs<Lanes64, NegatedMaxReduction>(values, mask, ends, matrix, stride, lane);
            }
        }
        else if (Vector512.IsHardwareAccelerated)
        {
            Runs<Lanes512, MaxReduction>(values, mask, ends, matrix, stride, lane);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Runs<Lanes256, MaxReduction>(values, mask, ends, matrix, stride, lane);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Runs<Lanes128, MaxReduction>(values, mask, ends, matrix, stride, lane);
        }
        else
        {
            Runs<Lanes64, MaxReduction>(values, mask, ends, matrix, stride, lane);
        }
    }

    /// <summary>One number a row: lane[i] = the value where the mask is set, or its negative; another number elsewhere.</summary>
    /// <param name="values">A value a row.</param>
    /// <param name="mask">The rows that count, 64 a word; empty when all do.</param>
    /// <param name="negate">Whether values are negated.</param>
    /// <param name="otherwise">What rows that do not count get.</param>
    /// <param name="lane">A number a row; may be <paramref name="values"/>.</param>
    public static void Select(ReadOnlySpan<long> values, ReadOnlySpan<ulong> mask, bool negate, long otherwise, Span<long> lane)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Select<Lanes512>(values, mask, negate, otherwise, lane);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Select<Lanes256>(values, mask, negate, otherwise, lane);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Select<Lanes128>(values, mask, negate, otherwise, lane);
        }
        else
        {
            Select<Lanes64>(values, mask, negate, otherwise, lane);
        }
    }

    /// <summary>
    /// Sums of doubles as fixed point in one pass, without a lane between: what <see cref="FixedPointKernel"/> and
    /// <see cref="SumRuns"/> give together.
    /// </summary>
    /// <param name="values">A value a row.</param>
    /// <param name="factor">An integer of 1 to 2^53 as a double.</param>
    /// <param name="ends">The exclusive ends of the runs, ascending, none behind the values.</param>
    /// <param name="matrix">A row of <paramref name="stride"/> numbers a run.</param>
    /// <param name="stride">The numbers a run.</param>
    /// <param name="lane">Which of them is written.</param>
    /// <returns>Whether every rounded product lies from -2^51 to 2^51 - 1; if not, what was written means nothing.</returns>
    public static bool SumFixedRuns(
        ReadOnlySpan<double> values, double factor, ReadOnlySpan<int> ends, Span<long> matrix, int stride, int lane)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return SumFixedRuns<Lanes512>(values, factor, ends, matrix, stride, lane);
        }

        if (Vector256.IsHardwareAccelerated)
        {
            return SumFixedRuns<Lanes256>(values, factor, ends, matrix, stride, lane);
        }

        if (Vector128.IsHardwareAccelerated)
        {
            return SumFixedRuns<Lanes128>(values, factor, ends, matrix, stride, lane);
        }

        return SumFixedRuns<Lanes64>(values, factor, ends, matrix, stride, lane);
    }

    /// <summary>Any reduction in lanes of a given width.</summary>
    // optimised at its first call: a ready-to-run image would hold code for the smallest vectors, and tiering would run the
    // first batches in slow code
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Runs<TLanes, TReduction>(
        ReadOnlySpan<long> values, ReadOnlySpan<ulong> mask, ReadOnlySpan<int> ends, Span<long> matrix, int stride, int lane)
        where TLanes : unmanaged, ILanes<TLanes>
        where TReduction : IReduction
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var from = 0;
        var at = lane;
        foreach (var to in ends)
        {
            // every load below lies under this end
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)to, (uint)values.Length, nameof(ends));
            matrix[at] = mask.IsEmpty
                ? Run<TLanes, TReduction>(ref first, from, to, values.Length)
                : Run<TLanes, TReduction>(ref first, mask, from, to, values.Length);
            at += stride;
            from = to;
        }
    }

    /// <summary>The rows of a lane in lanes of a given width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Select<TLanes>(
        ReadOnlySpan<long> values, ReadOnlySpan<ulong> mask, bool negate, long otherwise, Span<long> lane)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        ref var source = ref MemoryMarshal.GetReference(values);
        ref var target = ref MemoryMarshal.GetReference(lane[..values.Length]);

        // (v ^ -1) - -1 is the negative, (v ^ 0) - 0 the value
        var sign = negate ? -1L : 0;
        var (signs, others) = (TLanes.Create(sign), TLanes.Create(otherwise));
        for (var from = 0; from < values.Length; from += 64)
        {
            var word = mask.IsEmpty ? ulong.MaxValue : mask[from >> 6];
            var words = TLanes.Create((long)word);
            var powers = TLanes.Powers;
            var to = Math.Min(from + 64, values.Length);
            var i = from;
            for (; i + TLanes.Count <= to; i += TLanes.Count)
            {
                var value = TLanes.Subtract(TLanes.Xor(TLanes.Load(in Unsafe.Add(ref source, i)), signs), signs);
                TLanes.Store(TLanes.Select(TLanes.Test(words, powers), value, others), ref Unsafe.Add(ref target, i));
                powers = TLanes.ShiftLeft(powers, TLanes.Count);
            }

            for (; i < to; i++)
            {
                var value = (Unsafe.Add(ref source, i) ^ sign) - sign;
                Unsafe.Add(ref target, i) = ((word >> i) & 1) != 0 ? value : otherwise;
            }
        }
    }

    /// <summary>The fused sums in lanes of a given width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool SumFixedRuns<TLanes>(
        ReadOnlySpan<double> values, double factor, ReadOnlySpan<int> ends, Span<long> matrix, int stride, int lane)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var magicBits = BitConverter.DoubleToInt64Bits(FixedPointKernel.Magic);
        var (factors, magic) = (TLanes.Create(BitConverter.DoubleToInt64Bits(factor)), TLanes.Create(magicBits));

        // a sum within ±2^51 of the magic number has its sign and exponent; others, infinities and NaN have not
        var (odd, oddOne) = (TLanes.Create(0), 0L);
        var (i, at) = (0, lane);
        foreach (var to in ends)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)to, (uint)values.Length, nameof(ends));

            // what the magic number adds is taken off once a run: sums are modulo 2^64
            var sum = -magicBits * (to - i);
            var a = TLanes.Create(0);
            if (i + (4 * TLanes.Count) <= to)
            {
                var (b, c, d) = (a, a, a);
                for (; i + (4 * TLanes.Count) <= to; i += 4 * TLanes.Count)
                {
                    ref var block = ref Unsafe.Add(ref first, i);
                    var p = Product(in block, factors, magic);
                    var q = Product(in Unsafe.Add(ref block, TLanes.Count), factors, magic);
                    var r = Product(in Unsafe.Add(ref block, 2 * TLanes.Count), factors, magic);
                    var s = Product(in Unsafe.Add(ref block, 3 * TLanes.Count), factors, magic);
                    (a, b, c, d) = (TLanes.Add(a, p), TLanes.Add(b, q), TLanes.Add(c, r), TLanes.Add(d, s));
                    odd = TLanes.Or(odd, TLanes.Or(TLanes.Or(TLanes.Xor(p, magic), TLanes.Xor(q, magic)), TLanes.Or(TLanes.Xor(r, magic), TLanes.Xor(s, magic))));
                }

                a = TLanes.Add(TLanes.Add(a, b), TLanes.Add(c, d));
            }

            for (; i + TLanes.Count <= to; i += TLanes.Count)
            {
                var p = Product(in Unsafe.Add(ref first, i), factors, magic);
                a = TLanes.Add(a, p);
                odd = TLanes.Or(odd, TLanes.Xor(p, magic));
            }

            if (i < to && i + TLanes.Count <= values.Length)
            {
                // what lies behind the run is read and masked away
                var rest = TLanes.Test(TLanes.Create((1L << (to - i)) - 1), TLanes.Powers);
                var p = TLanes.And(Product(in Unsafe.Add(ref first, i), factors, magic), rest);
                a = TLanes.Add(a, p);
                odd = TLanes.Or(odd, TLanes.And(TLanes.Xor(p, magic), rest));
                i = to;
            }

            for (; i < to; i++)
            {
                var p = BitConverter.DoubleToInt64Bits(Math.FusedMultiplyAdd(Unsafe.Add(ref first, i), factor, FixedPointKernel.Magic));
                sum += p;
                oddOne |= p ^ magicBits;
            }

            matrix[at] = sum + TLanes.Sum(a);
            at += stride;
            i = to;
        }

        return ((ulong)(TLanes.Any(odd) | oddOne) >> 52) == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Product<TLanes>(ref readonly double value, TLanes factors, TLanes magic)
        where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.FusedMultiplyAdd(TLanes.Load(in value), factors, magic);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Run<TLanes, TReduction>(ref long first, int from, int to, int length)
        where TLanes : unmanaged, ILanes<TLanes>
        where TReduction : IReduction
    {
        var result = TLanes.Create(TReduction.Identity);
        var i = from;
        for (; i + TLanes.Count <= to; i += TLanes.Count)
        {
            result = TReduction.Apply(result, TLanes.Load(in Unsafe.Add(ref first, i)));
        }

        if (i < to && i + TLanes.Count <= length)
        {
            // what lies behind the run is read and masked away
            var rest = TLanes.Test(TLanes.Create((1L << (to - i)) - 1), TLanes.Powers);
            result = TReduction.Apply(result, TLanes.Load(in Unsafe.Add(ref first, i)), rest);
            i = to;
        }

        var one = new Lanes64(TReduction.Across(result));
        for (; i < to; i++)
        {
            one = TReduction.Apply(one, Lanes64.Load(in Unsafe.Add(ref first, i)));
        }

        return one.Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Run<TLanes, TReduction>(ref long first, ReadOnlySpan<ulong> mask, int from, int to, int length)
        where TLanes : unmanaged, ILanes<TLanes>
        where TReduction : IReduction
    {
        var result = TLanes.Create(TReduction.Identity);
        var one = new Lanes64(TReduction.Identity);
        for (var start = from & ~63; start < to; start += 64)
        {
            var word = mask[start >> 6];
            word &= start < from ? ulong.MaxValue << from : ulong.MaxValue;
            word &= to - start < 64 ? ulong.MaxValue >> -to : ulong.MaxValue;

            // blocks lie at multiples of their length, so that none crosses a word
            var i = Math.Max(from, start) & -TLanes.Count;
            var end = Math.Min(start + 64, to);
            var words = TLanes.Create((long)(word >> i));
            var powers = TLanes.Powers;
            for (; i < end && i + TLanes.Count <= length; i += TLanes.Count)
            {
                result = TReduction.Apply(result, TLanes.Load(in Unsafe.Add(ref first, i)), TLanes.Test(words, powers));
                powers = TLanes.ShiftLeft(powers, TLanes.Count);
            }

            for (var rest = i < end ? word >> i << i : 0; rest != 0; rest &= rest - 1)
            {
                one = TReduction.Apply(one, Lanes64.Load(in Unsafe.Add(ref first, start + BitOperations.TrailingZeroCount(rest))));
            }
        }

        return TReduction.Combine(one.Value, TReduction.Across(result));
    }
}
