using IndicatorCore.Aggregation;

namespace IndicatorCore.Tests.Aggregation;

public class LogLinearBucketsTests
{
    [Fact]
    public void Small_magnitudes_are_exact()
    {
        for (var value = -255; value <= 255; value++)
        {
            Assert.Equal(value, LogLinearBuckets.Representative(value));
        }
    }

    [Theory]
    [InlineData(256, 257)]       // two a bucket
    [InlineData(257, 257)]
    [InlineData(511, 511)]
    [InlineData(512, 514)]       // four a bucket
    [InlineData(515, 514)]
    [InlineData(1_000_000, 1_001_472)]   // e = 19, sub = 116: from 999,424, width 4,096
    [InlineData(-1_000_000, -1_001_472)]
    [InlineData(long.MaxValue, long.MaxValue - (1L << 54) + 1)]
    [InlineData(long.MinValue, long.MinValue)]
    public void A_bucket_is_told_by_its_midpoint(long value, long representative) =>
        Assert.Equal(representative, LogLinearBuckets.Representative(value));

    [Fact]
    public void A_representative_is_within_alpha_mirrored_monotonic_and_in_its_own_bucket()
    {
        var random = new Random(7);
        var previous = long.MinValue;
        foreach (var value in Enumerable.Range(0, 20_000).Select(_ => random.NextInt64() >> random.Next(63)).Order())
        {
            var representative = LogLinearBuckets.Representative(value);
            Assert.True(Int128.Abs((Int128)representative - value) * 256 <= value, $"{value} → {representative}");
            Assert.Equal(representative, LogLinearBuckets.Representative(representative));
            Assert.Equal(-representative, LogLinearBuckets.Representative(-value));
            Assert.True(representative >= previous);
            previous = representative;
        }
    }
}
