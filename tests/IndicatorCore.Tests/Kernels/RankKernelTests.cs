using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Tests.Kernels;

[Trait("Category", "Kernel")]
public class RankKernelTests
{
    [Theory]
    [InlineData(1, 10U)]
    [InlineData(2, 1U)]
    [InlineData(15, 3U)]
    [InlineData(16, 1_000_000U)]
    [InlineData(33, uint.MaxValue)]
    [InlineData(200, 50_000_000U)]
    [InlineData(1_000, 40U)]
    public void Every_rank_is_that_of_the_sorted_sample(int count, uint most)
    {
        var random = new Random(count);
        var narrow = new uint[count];
        var wide = new long[count];
        for (var i = 0; i < count; i++)
        {
            narrow[i] = (uint)random.NextInt64(0, (long)most + 1);
            wide[i] = random.NextInt64(-(long)most, (long)most + 1) * random.NextInt64(1, 1 << 30);
        }

        for (var rank = 1; rank <= count; rank++)
        {
            Assert.Equal(RankReference.Select(narrow, rank), RankKernel.Select(narrow, rank));
            Assert.Equal(RankReference.Select(wide, rank), RankKernel.Select(wide, rank));
        }

        Assert.Equal((narrow.Min(), narrow.Max()), RankKernel.MinMax(narrow));
        Assert.Equal((wide.Min(), wide.Max()), RankKernel.MinMax(wide));
    }

    [Fact]
    public void The_ends_of_the_range_are_found()
    {
        Assert.Equal(long.MinValue, RankKernel.Select([long.MaxValue, long.MinValue], 1));
        Assert.Equal(long.MaxValue, RankKernel.Select([long.MaxValue, long.MinValue], 2));
        Assert.Equal(0U, RankKernel.Select([uint.MaxValue, 0], 1));
        Assert.Equal(uint.MaxValue, RankKernel.Select([uint.MaxValue, 0], 2));
    }

    [Fact]
    public void A_rank_outside_the_sample_is_misuse()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RankKernel.Select([1U], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankKernel.Select([1U], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankKernel.Select(ReadOnlySpan<long>.Empty, 1));
    }
}
