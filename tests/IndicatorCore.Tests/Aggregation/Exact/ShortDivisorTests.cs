using System.Numerics;
using IndicatorCore.Aggregation.Exact;

namespace IndicatorCore.Tests.Aggregation.Exact;

public sealed class ShortDivisorTests
{
    [Fact]
    public void Division_by_a_short_divisor_is_that_by_any_integer()
    {
        var random = new SplitMix64(7);
        for (var i = 0; i < 400_000; i++)
        {
            var numerator = new UInt128(random.Next() >> random.Next(64), random.Next()) >> random.Next(127);
            var denominator = Math.Max(1, random.Next() >> random.Next(64));
            Check(numerator, denominator);
        }
    }

    [Fact]
    public void Multiples_halves_and_their_neighbours_are_divided_right()
    {
        var random = new SplitMix64(8);
        for (var i = 0; i < 100_000; i++)
        {
            var denominator = Math.Max(2, random.Next() >> (14 + random.Next(50))) & ~1UL;
            var quotient = (UInt128)random.Next() << random.Next(13);
            var half = (quotient * denominator) + (denominator / 2);
            for (var off = 0; off < 3; off++)
            {
                Check(half + (UInt128)off - UInt128.One, denominator);
                Check((quotient * denominator) + (UInt128)off, denominator);
            }
        }
    }

    [Fact]
    public void Limits_are_divided_right()
    {
        ulong[] denominators = [1, 2, 3, (1UL << 49) - 1, 1UL << 49, (1UL << 49) + 1, 1UL << 63, ulong.MaxValue];
        UInt128[] numerators = [0, 1, ulong.MaxValue, (UInt128)1 << 63, (UInt128)1 << 64, UInt128.MaxValue / 2, UInt128.MaxValue - 1];
        foreach (var denominator in denominators)
        {
            Array.ForEach(numerators, numerator => Check(numerator, denominator));
        }

        Assert.Throws<DivideByZeroException>(static () => HalfEven.Divide(UInt128.One, 0UL));
    }

    [Fact]
    public void Many_draws_are_those_one_by_one()
    {
        foreach (var bound in new[] { 1, 2, 359, 1 << 30, int.MaxValue })
        {
            var (one, many) = (new SplitMix64(3), new SplitMix64(3));
            var drawn = new int[5_000];
            many.Fill(drawn, bound);

            Assert.All(drawn, value => Assert.Equal(one.Next(bound), value));
            Assert.Equal(one.Next(), many.Next());
        }
    }

    private static void Check(UInt128 numerator, ulong denominator) =>
        Assert.Equal(HalfEven.Divide((BigInteger)numerator, denominator), HalfEven.Divide(numerator, denominator));
}
