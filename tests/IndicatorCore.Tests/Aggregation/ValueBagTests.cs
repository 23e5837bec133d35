using IndicatorCore.Aggregation;

namespace IndicatorCore.Tests.Aggregation;

public sealed class ValueBagTests
{
    [Fact]
    public void Representatives_are_near_keep_order_and_mirror_the_sign()
    {
        var last = long.MinValue;
        for (var value = -70_000L; value <= 70_000; value++)
        {
            var shown = ValueBag.Representative(value);
            Assert.True(shown >= last);
            Assert.True(Math.Abs(shown - value) * 256 <= Math.Abs(value));
            Assert.Equal(-shown, ValueBag.Representative(-value));
            last = shown;
        }

        Assert.True(ValueBag.Representative(long.MaxValue) > 0);
    }

    [Fact]
    public void Quantiles_are_nearest_ranks()
    {
        var bag = new ValueBag(new MemoryBudget(1 << 20));
        Assert.Null(bag.Quantile(1, 2));
        bag.Add(30, 1);
        bag.Add(-10, 2);
        bag.Add(20, 1);
        Assert.Equal((-10, true), bag.Quantile(1, 2));
        Assert.Equal((20, true), bag.Quantile(51, 100));
        Assert.Equal((30, true), bag.Quantile(1, 1));
    }
}
