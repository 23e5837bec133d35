using IndicatorCore.Aggregation;

namespace IndicatorCore.Tests.Aggregation;

public sealed class DistinctCountTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(DistinctCount.Kept - 1)]
    public void Few_keys_are_counted_exactly_however_often_they_come(int keys)
    {
        var count = new DistinctCount();
        for (var i = 0; i < 5 * keys; i++)
        {
            count.Add((i % keys) - (keys / 2));
        }

        Assert.Equal(keys, count.AtLeast);
    }

    [Theory]
    [InlineData(DistinctCount.Kept)]
    [InlineData(50_000)]
    [InlineData(3_000_000)]
    public void Of_many_keys_there_are_never_fewer_and_hardly_more(int keys)
    {
        for (var stride = 1; stride < 4_000; stride = (stride * 7) + 2)
        {
            var count = new DistinctCount();
            for (var i = 0; i < keys; i++)
            {
                count.Add(i * stride);
            }

            Assert.InRange(count.AtLeast, 0.9 * keys, keys);
        }
    }
}
