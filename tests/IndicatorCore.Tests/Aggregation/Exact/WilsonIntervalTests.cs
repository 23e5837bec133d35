using IndicatorCore.Aggregation.Exact;

namespace IndicatorCore.Tests.Aggregation.Exact;

/// <summary>Wilson's interval (worked example W19).</summary>
public sealed class WilsonIntervalTests
{
    [Fact]
    public void W19_limits_of_95_in_100()
    {
        var (low, high) = WilsonInterval.Of(95, 100);
        Assert.Equal((0.888250, 0.978456), (Math.Round(low, 6), Math.Round(high, 6)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(0, 1_000_000_000_000)]
    [InlineData(999_999_999_999, 1_000_000_000_000)]
    [InlineData(1_000_000_000_000, 1_000_000_000_000)]
    public void Limits_lie_around_the_share_and_inside_0_to_1(long successes, long trials)
    {
        var (low, high) = WilsonInterval.Of(successes, trials);
        Assert.InRange((double)successes / trials, low, high);
        Assert.InRange(low, 0, 1);
        Assert.InRange(high, 0, 1);
        var (mirrorLow, mirrorHigh) = WilsonInterval.Of(trials - successes, trials);
        Assert.Equal(low, 1 - mirrorHigh, 9);
        Assert.Equal(high, 1 - mirrorLow, 9);
    }

    [Fact]
    public void Impossible_counts_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(-1, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(6, 5));
    }
}
