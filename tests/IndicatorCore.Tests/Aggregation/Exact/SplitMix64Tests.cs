using IndicatorCore.Aggregation.Exact;

namespace IndicatorCore.Tests.Aggregation.Exact;

public sealed class SplitMix64Tests
{
    [Fact]
    public void The_sequence_is_the_published_one()
    {
        // The values that the reference code in C prints for seed 1234567.
        var generator = new SplitMix64(1234567);
        ulong[] expected =
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        Assert.All(expected, value => Assert.Equal(value, generator.Next()));
    }

    [Fact]
    public void Bounded_draws_reach_every_value_about_equally()
    {
        var generator = new SplitMix64(6);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
        {
            counts[generator.Next(7)]++;
        }

        Assert.All(counts, static count => Assert.InRange(count, 9_600, 10_400));
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Next(0));
    }
}
