using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Kernels;

namespace IndicatorCore.Tests.Aggregation.Fold;

[Trait("Category", "Kernel")]
public class RangeMarkTests
{
    private static readonly double[] s_factors = [1, 1_000, 1_000_000, 3_600_000_000];

    [Fact]
    public void Values_in_their_column_lie_in_a_range_as_their_fixed_points_do()
    {
        Prop.ForAll<int>(static seed =>
        {
            var random = new Random(seed);
            var factor = s_factors[random.Next(s_factors.Length)];
            var low = Bound(random, factor);
            var high = random.Next(4) == 0 ? long.MaxValue : low + random.NextInt64(1L << random.Next(1, 45));
            var mark = new RangeMark(low, high);
            var rows = random.Next(1, 200);

            // values at the bounds and one step beside them are where mistakes would be
            var doubles = Enumerable.Range(0, rows).Select(_ => Near(random, low, high, factor)).ToArray();
            var singles = Array.ConvertAll(doubles, static value => (float)value);
            var integers = Array.ConvertAll(doubles, static value => (int)Math.Clamp(value, -1_000_000, 1_000_000));
            var deferred = new DeferredLane();
            foreach (var (kind, bytes) in new[]
            {
                (DeferredKind.Double, MemoryMarshal.AsBytes(doubles.AsSpan()).ToArray()),
                (DeferredKind.Single, MemoryMarshal.AsBytes(singles.AsSpan()).ToArray()),
                (DeferredKind.Int32, MemoryMarshal.AsBytes(integers.AsSpan()).ToArray()),
            })
            {
                deferred.Set(bytes, kind, factor);
                var bits = RowMask.New();
                mark.Mark(deferred, bits);
                var (values, outside) = (new long[rows], RowMask.New());
                deferred.Convert(values, outside);
                for (var row = 0; row < rows; row++)
                {
                    if (!RowMask.Has(outside, row))
                    {
                        Assert.True(RowMask.Has(bits, row) == (values[row] >= low && values[row] <= high), $"{kind} {doubles[row]:R} -> {values[row]} in {low}..{high}, factor {factor}");
                    }
                }
            }
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(0, 1)]
    [InlineData(1, long.MaxValue)]
    [InlineData(2, 5)]
    public void Flags_are_nought_and_one(long low, long high)
    {
        var deferred = new DeferredLane();
        deferred.Set([0b1011]);
        var bits = new ulong[1];
        new RangeMark(low, high).Mark(deferred, bits);
        var values = new long[4];
        deferred.Convert(values, RowMask.New());
        Assert.Equal([1, 1, 0, 1], values);
        for (var row = 0; row < 4; row++)
        {
            Assert.Equal(values[row] >= low && values[row] <= high, RowMask.Has(bits, row));
        }
    }

    [Fact]
    public void Magnitudes_bound_all_values_and_are_NaN_or_infinite_where_one_is()
    {
        var random = new Random(3);
        for (var length = 0; length <= 70; length++)
        {
            var doubles = Enumerable.Range(0, length).Select(_ => (random.NextDouble() - 0.5) * 1e6).ToArray();
            var singles = Array.ConvertAll(doubles, static value => (float)value);
            var integers = Array.ConvertAll(doubles, static value => (int)(value * 1_000));
            Assert.Equal(doubles.Select(Math.Abs).DefaultIfEmpty(0).Max(), MagnitudeKernel.Of(doubles));
            Assert.Equal(singles.Select(Math.Abs).DefaultIfEmpty(0).Max(), MagnitudeKernel.Of(singles));
            var most = integers.Select(static value => Math.Abs((double)value)).DefaultIfEmpty(0).Max();
            Assert.Equal(most, MagnitudeKernel.Of(integers));
            if (length > 0)
            {
                var at = random.Next(length);
                (doubles[at], singles[at]) = (double.NaN, float.NegativeInfinity);
                Assert.True(double.IsNaN(MagnitudeKernel.Of(doubles)));
                Assert.True(double.IsInfinity(MagnitudeKernel.Of(singles)));
                integers[at] = int.MinValue;
                Assert.Equal(2_147_483_648d, MagnitudeKernel.Of(integers));
            }
        }
    }

    [Fact]
    public void Integers_are_summed_by_runs_in_64_bits()
    {
        var random = new Random(4);
        for (var length = 1; length <= 150; length++)
        {
            var values = Enumerable.Range(0, length).Select(_ => random.Next(int.MinValue, int.MaxValue)).ToArray();
            int[] ends = [.. Enumerable.Range(1, length - 1).Where(_ => random.Next(9) == 0), length];
            var matrix = new long[ends.Length * 3];
            IntegerSumKernel.SumRuns(values, 1_000, ends, matrix, 3, 1);
            var from = 0;
            for (var run = 0; run < ends.Length; run++)
            {
                Assert.Equal(values[from..ends[run]].Sum(static value => 1_000L * value), matrix[(run * 3) + 1]);
                from = ends[run];
            }
        }
    }

    private static long Bound(Random random, double factor) => random.Next(4) switch
    {
        0 => long.MinValue,
        1 => (random.Next(3) - 1) * (long)factor,
        _ => random.NextInt64(-(1L << 40), 1L << 40),
    };

    private static double Near(Random random, long low, long high, double factor)
    {
        var bound = random.Next(2) == 0 ? low : high;
        var value = Math.Abs((double)bound) < 1e15 ? (bound + (random.Next(-2, 3) / 2.0)) / factor : random.NextDouble() * 1_000;
        return random.Next(3) switch
        {
            0 => Math.BitIncrement(value),
            1 => Math.BitDecrement(value),
            _ => value,
        };
    }
}
