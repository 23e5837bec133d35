using System.Numerics;
using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Tests.Kernels;

[Trait("Category", "Kernel")]
public class FixedPointKernelTests
{
    private static readonly double[] s_factors = [1, 2, 10, 1_000, 10_000, 1_000_000, 3_600_000_000, 9_007_199_254_740_992];

    private static readonly double[] s_corners =
    [
        0, -0.0, 0.5, -0.5, 1.5, 2.5, -2.5, 0.00005, -0.00005, 0.0000005, 0.1, -110.25, 1e-300, double.Epsilon, -double.Epsilon,
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, 1e15, -1e15, 2_251_799_813.685247,
        2_251_799_813.685248, 2_251_799_813.685249, -2_251_799_813.685248, 2_251_799_813_685_247.5, 2_251_799_813_685_248,
        0.000001, 0.0000015, 0.0000025, 123_456.7890125,
    ];

    [Fact]
    public void Every_length_gives_what_whole_numbers_give()
    {
        var random = new Random(5);
        for (var length = 0; length <= 70; length++)
        {
            foreach (var factor in s_factors)
            {
                Check([.. Enumerable.Range(0, length).Select(_ => Value(random))], factor);
            }
        }
    }

    [Fact]
    public void Every_corner_at_every_place_of_a_block_gives_what_whole_numbers_give()
    {
        foreach (var corner in s_corners)
        {
            foreach (var factor in s_factors)
            {
                for (var place = 0; place < 8; place++)
                {
                    var values = Enumerable.Repeat(1.25, 9).ToArray();
                    values[place] = corner;
                    Check(values, factor);
                }
            }
        }
    }

    [Fact]
    public void Ties_go_to_the_even_neighbour()
    {
        double[] values = [0.5, 1.5, 2.5, 3.5, -0.5, -1.5, -2.5];
        var results = new long[values.Length];

        FixedPointKernel.Convert(values, 1, results);

        Assert.Equal([0, 2, 2, 4, 0, -2, -2], results);
    }

    [Fact]
    public void The_product_is_rounded_once()
    {
        // the double next to 0.00005 lies above it, so that its product with 10^4 lies above one half; rounding the product to a
        // double first would make it a tie
        double[] values = [0.00005, 0.00005, 0.00005, 0.00005, 0.00005];
        var results = new long[values.Length];

        FixedPointKernel.Convert(values, 10_000, results);

        Assert.Equal([1, 1, 1, 1, 1], results);
        Assert.Equal(0, Math.Round(0.00005 * 10_000));
    }

    [Fact]
    public void What_is_not_finite_or_too_large_is_left_to_the_caller()
    {
        double[] values = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 2_251_799_813_685_248, 1];
        var results = new long[values.Length];

        FixedPointKernel.Convert(values, 1, results);

        Assert.Equal([long.MinValue, long.MinValue, long.MinValue, long.MinValue, 1], results);
    }

    [Fact]
    public void A_result_that_is_too_short_is_refused_before_anything_is_written()
    {
        var results = new long[] { 7, 7, 7 };

        Assert.Throws<ArgumentOutOfRangeException>(() => FixedPointKernel.Convert([1, 2, 3, 4], 1, results));
        Assert.Equal([7, 7, 7], results);
    }

    [Fact]
    public void The_slow_road_agrees_with_whole_numbers_beyond_the_fast_limit()
    {
        foreach (var value in s_corners.Where(double.IsFinite))
        {
            foreach (var factor in s_factors)
            {
                Assert.Equal(FixedPointReference.Exact(value, (BigInteger)factor), FixedPointKernel.Exact(value, (BigInteger)factor, 1));
            }
        }
    }

    [Theory]
    [InlineData(7, 2, 4)]
    [InlineData(5, 2, 2)]
    [InlineData(-5, 2, -2)]
    [InlineData(-7, 2, -4)]
    [InlineData(2, 3, 1)]
    [InlineData(-1, 3, 0)]
    public void A_fraction_goes_to_its_nearest_integer_and_ties_to_even(int numerator, int denominator, int expected) =>
        Assert.Equal(expected, FixedPointKernel.RoundHalfEven(numerator, denominator));

    // the entry, each of its ways on its own, and the plain loop of the reference, against whole numbers
    private static void Check(double[] values, double factor)
    {
        var expected = new long[values.Length];
        FixedPointReference.Convert(values, factor, expected);

        var entry = new long[values.Length];
        FixedPointKernel.Convert(values, factor, entry);
        Assert.Equal(expected, entry);

        var scalar = new long[values.Length];
        FixedPointKernel.ConvertOneByOne(values, factor, scalar);
        Assert.Equal(expected, scalar);

        var blocks = new long[values.Length];
        var done = FixedPointKernel.ConvertBlocks(values, factor, blocks);
        Assert.Equal(values.Length - (values.Length % 4), done);
        Assert.Equal(expected[..done], blocks[..done]);

        var reference = new long[values.Length];
        FixedPointReference.ConvertOneByOne(values, factor, reference);
        Assert.Equal(expected, reference);
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
