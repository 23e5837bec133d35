using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Aggregation;

namespace IndicatorCore.Tests.Aggregation;

public sealed class ProductLimbsTests
{
    [Fact]
    public void Parts_make_up_every_product_and_do_not_depend_on_the_other_rows() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var (bits, other) = (random.Next(1, 64), random.Next(1, 64));
        long[] left = [.. Enumerable.Range(0, 1 + random.Next(RowChunk.Capacity)).Select(_ => Value(random, bits))];
        long[] right = [.. left.Select(_ => Value(random, other))];
        var products = new ProductLimbs();
        products.Multiply(left, Magnitude(left), right, Magnitude(right));
        var wide = new ProductLimbs();
        wide.Multiply(left, ulong.MaxValue, right, ulong.MaxValue);
        for (var row = 0; row < left.Length; row++)
        {
            Assert.Equal((BigInteger)left[row] * right[row], Product(products, row));
            Assert.Equal((BigInteger)left[row] * right[row], Product(wide, row));
            for (var limb = 0; limb < ProductLimbs.Count; limb++)
            {
                Assert.Equal(wide.Limb(limb)[row], limb < products.Used ? products.Limb(limb)[row] : 0);
                Assert.True(BigInteger.Abs(wide.Limb(limb)[row]) <= BigInteger.One << ProductLimbs.Bits);
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static BigInteger Product(ProductLimbs products, int row) =>
        ProductLimbs.Combine(products.Limb(0)[row], products.Used > 1 ? products.Limb(1)[row] : 0, products.Used > 2 ? products.Limb(2)[row] : 0);

    private static long Value(Random random, int bits) => random.Next(8) switch
    {
        0 => 0,
        1 => long.MaxValue >> (63 - bits),
        2 => -(long.MaxValue >> (63 - bits)),
        _ => (random.NextInt64() >> (63 - bits)) * (random.Next(2) == 0 ? -1 : 1),
    };

    private static ulong Magnitude(long[] values) => values.Max(static value => (ulong)(value ^ (value >> 63)));
}
