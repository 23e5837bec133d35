using IndicatorCore.Bench.Guards;

namespace IndicatorCore.Tests.Bench;

public sealed class RatioBootstrapTests
{
    [Theory]
    [InlineData(new[] { 3.0 }, 3)]
    [InlineData(new[] { 3.0, 1, 2 }, 2)]
    [InlineData(new[] { 4.0, 1, 3, 2 }, 2.5)]
    public void The_median_of_an_even_count_is_the_mean_of_the_middle_two(double[] values, double median) =>
        Assert.Equal(median, RatioBootstrap.Median(values));

    [Fact]
    public void Equal_ratios_leave_no_interval()
    {
        var ratio = RatioBootstrap.Interval([[1.5, 1.5, 1.5], [1.5]], new Random(1));

        Assert.Equal(new PairedRatio(1.5, 1.5, 1.5), ratio);
    }

    // of 101 ordered values the 99 % interval of the median runs from about rank 38 to rank 64: 51 -+ 2.576 x sqrt(101) / 2
    [Fact]
    public void The_interval_of_evenly_spread_ratios_is_that_of_the_binomial()
    {
        var ratio = RatioBootstrap.Interval([[.. Enumerable.Range(0, 101).Select(static i => (double)i)]], new Random(1));

        Assert.Equal(50, ratio.Median);
        Assert.InRange(ratio.Low, 34, 41);
        Assert.InRange(ratio.High, 59, 66);
    }

    // nominal 1 %: of 200 samples about two miss, and ten or more by chance once in ten thousand
    [Fact]
    public void Intervals_hold_the_true_median_about_99_times_of_100()
    {
        var random = new Random(7);
        var missed = 0;
        for (var i = 0; i < 200; i++)
        {
            var ratios = Enumerable.Range(0, 60).Select(_ => Math.Exp(0.1 * (random.NextDouble() + random.NextDouble() - 1))).ToArray();
            var ratio = RatioBootstrap.Interval([ratios], random);
            missed += ratio.Low > 1 || ratio.High < 1 ? 1 : 0;
        }

        Assert.InRange(missed, 0, 9);
    }

    [Fact]
    public void What_pairs_of_a_group_share_widens_the_interval()
    {
        double[] low = [.. Enumerable.Repeat(0.95, 50)];
        double[] high = [.. Enumerable.Repeat(1.10, 50)];

        var grouped = RatioBootstrap.Interval([low, high], new Random(1));

        Assert.Equal(0.95, grouped.Low);
        Assert.Equal(1.10, grouped.High);
    }

    [Fact]
    public void Equal_seeds_give_equal_intervals()
    {
        double[][] groups = [[0.9, 1, 1.1, 1.2], [1.0, 1.3]];

        Assert.Equal(RatioBootstrap.Interval(groups, new Random(3)), RatioBootstrap.Interval(groups, new Random(3)));
    }

    [Fact]
    public void There_is_no_median_of_nothing() =>
        Assert.Throws<ArgumentException>(static () => RatioBootstrap.Interval([[], []], new Random(1)));
}
