using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Tests.Kernels;

[Trait("Category", "Kernel")]
public class FixedPointLanesTests
{
    private static readonly double[] s_factors = [1, 2, 10, 10_000, 1_000_000, 3_600_000_000, 9_007_199_254_740_992];

    private static readonly double[] s_corners =
    [
        0, -0.0, 0.5, -0.5, 1.5, 2.5, -2.5, 0.00005, -0.00005, 0.0000005, 0.1, -110.25, 1e-300, double.Epsilon, double.NaN,
        double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, 2_251_799_813.685247, 2_251_799_813.685248,
        -2_251_799_813.685248, 2_251_799_813_685_247.5, 2_251_799_813_685_247.75, 2_251_799_813_685_248, -2_251_799_813_685_248,
    ];

    private static readonly Converting<double>[] s_doubles = Forms<double>(FixedPointKernel.Convert);
    private static readonly Converting<float>[] s_floats = Forms<float>(FixedPointKernel.Convert);
    private static readonly Converting<int>[] s_ints = Forms<int>(FixedPointKernel.Convert);
    private static readonly Converting<long>[] s_longs = Forms<long>(FixedPointKernel.Convert);

    private static readonly Zeroing[] s_zeroing =
    [
        FixedPointKernel.ZeroWhereNot, FixedPointLanes.ZeroWhereNot<Lanes512>, FixedPointLanes.ZeroWhereNot<Lanes256>,
        FixedPointLanes.ZeroWhereNot<Lanes128>, FixedPointLanes.ZeroWhereNot<Lanes64>,
    ];

    private delegate ulong Converting<T>(ReadOnlySpan<T> values, double factor, Span<long> results, Span<ulong> outside);

    private delegate ulong Zeroing(Span<long> values, ReadOnlySpan<ulong> valid);

    [Fact]
    public void Doubles_and_floats_of_every_length_give_what_whole_numbers_give()
    {
        var random = new Random(1);
        foreach (var length in KernelInputs.Lengths)
        {
            foreach (var factor in s_factors)
            {
                var values = KernelInputs.Make(length, () => Value(random));
                Check(s_doubles, values, static v => v, factor);
                Check(s_floats, [.. values.Select(static v => (float)v)], static v => v, factor);
            }
        }
    }

    [Fact]
    public void Every_type_of_integer_is_widened_and_judged_by_its_size()
    {
        var random = new Random(2);
        foreach (var length in KernelInputs.Lengths)
        {
            foreach (var factor in s_factors)
            {
                var longs = KernelInputs.Make(length, () => random.Next(5) switch
                {
                    0 => long.MinValue,
                    1 => (1L << 51) - random.Next(-2, 3),
                    2 => -(1L << 51) + random.Next(-2, 3),
                    3 => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(60),
                    _ => random.Next(-100, 100),
                });
                Check(s_longs, longs, static v => v, factor);
                Check(s_ints, [.. longs.Select(static v => unchecked((int)v))], static v => v, factor);
                Check<uint>([FixedPointKernel.Convert], [.. longs.Select(static v => unchecked((uint)v))], static v => v, factor);
                Check<short>([FixedPointKernel.Convert], [.. longs.Select(static v => unchecked((short)v))], static v => v, factor);
                Check<ushort>([FixedPointKernel.Convert], [.. longs.Select(static v => unchecked((ushort)v))], static v => v, factor);
                Check<sbyte>([FixedPointKernel.Convert], [.. longs.Select(static v => unchecked((sbyte)v))], static v => v, factor);
                Check<byte>([FixedPointKernel.Convert], [.. longs.Select(static v => unchecked((byte)v))], static v => v, factor);
            }
        }
    }

    [Fact]
    public void Values_that_do_not_count_become_zero()
    {
        var random = new Random(3);
        foreach (var length in KernelInputs.Lengths)
        {
            foreach (var valid in KernelInputs.Masks(random, length).Skip(1))
            {
                var values = KernelInputs.Longs(random, length + 1);
                var expected = values.ToArray();
                var all = FixedPointReference.ZeroWhereNot(expected.AsSpan(0, length), valid);
                foreach (var form in s_zeroing)
                {
                    var actual = values.ToArray();
                    Assert.Equal(all, form(actual.AsSpan(0, length), valid));
                    Assert.Equal(expected, actual);
                }
            }
        }
    }

    [Fact]
    public void Any_double_is_exact_or_outside_and_never_above_the_magnitude_that_is_returned()
    {
        Prop.ForAll<double[]>(static values =>
        {
            var (results, outside) = (new long[values.Length], new ulong[(values.Length + 63) / 64]);
            var limit = (long)FixedPointKernel.Convert(values, 1_000_000, results, outside);
            return values.Select((value, i) => BitmapReference.IsSet(outside, i)
                ? results[i] == 0 && !(Math.Abs(value) < FixedPointReference.FastLimit / 1_000_000)
                : results[i] == FixedPointReference.Exact(value, 1_000_000)).All(static holds => holds)
                && results.All(result => (result ^ (result >> 63)) <= limit);
        }).QuickCheckThrowOnFailure();
    }

    private static Converting<T>[] Forms<T>(Converting<T> entry)
        where T : unmanaged =>
    [
        entry, FixedPointLanes.Convert<Lanes512, T>, FixedPointLanes.Convert<Lanes256, T>,
        FixedPointLanes.Convert<Lanes128, T>, FixedPointLanes.Convert<Lanes64, T>,
    ];

    private static void Check<T>(Converting<T>[] forms, T[] values, Func<T, double> widen, double factor)
    {
        var words = (values.Length + 63) / 64;
        var (results, outside) = (Enumerable.Repeat(5L, values.Length + 1).ToArray(), Enumerable.Repeat(5UL, words + 1).ToArray());
        var all = FixedPointReference.Convert([.. values.Select(widen)], factor, results, outside);
        foreach (var form in forms)
        {
            var (actual, marked) = (Enumerable.Repeat(5L, values.Length + 1).ToArray(), Enumerable.Repeat(5UL, words + 1).ToArray());
            Assert.Equal(all, form(KernelInputs.Amid(values, default!), factor, actual, marked));
            Assert.Equal(results, actual);
            Assert.Equal(outside, marked);
        }
    }

    private static double Value(Random random) => random.Next(6) switch
    {
        0 => (random.Next(4_000) / 10.0) - 200,
        1 => random.NextDouble() * 1e-6,
        2 => (random.Next(-1_000, 1_000) + 0.5) / 1_000_000,
        3 => (random.NextDouble() - 0.5) * 1e16,
        4 => s_corners[random.Next(s_corners.Length)],
        _ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
    };
}
