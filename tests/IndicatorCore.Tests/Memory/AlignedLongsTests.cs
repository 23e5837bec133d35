using System.Runtime.InteropServices;
using IndicatorCore.Memory;

namespace IndicatorCore.Tests.Memory;

public sealed class AlignedLongsTests
{
    [Theory]
    [InlineData(1, 64)]
    [InlineData(8, 64)]
    [InlineData(1000, 64)]
    [InlineData((HugePages.Size / sizeof(long)) - 1, 64)]
    [InlineData(HugePages.Size / sizeof(long), HugePages.Size)]
    [InlineData((HugePages.Size / sizeof(long) * 3) + 5, HugePages.Size)]
    public void Memory_starts_where_lines_of_the_cache_do_and_large_memory_where_huge_pages_do(int capacity, int alignment)
    {
        var longs = new AlignedLongs();
        longs.Grow(capacity, kept: 0);
        Assert.Equal(capacity, longs.Capacity);
        Assert.Equal(capacity, longs.Span.Length);
        Assert.Equal(0, Address(ref MemoryMarshal.GetReference(longs.Span)) % alignment);
    }

    [Fact]
    public void What_is_kept_is_there_after_growth_into_huge_pages()
    {
        var longs = new AlignedLongs();
        longs.Grow(100, kept: 0);
        for (var i = 0; i < 100; i++)
        {
            longs.Span[i] = i * 3L;
        }

        longs.Grow(HugePages.Size, kept: 100);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(i * 3L, longs.Span[i]);
        }

        longs.Span[^1] = 7;
        longs.Free();
        Assert.Equal(0, longs.Capacity);
    }

    [Fact]
    public void A_wish_that_cannot_be_heard_changes_nothing()
    {
        HugePages.Ask(0, 0);
        HugePages.Ask(HugePages.Size, HugePages.Size - 1);   // no whole page
    }

    private static unsafe long Address(ref long value)
    {
        fixed (long* at = &value)
        {
            return (long)at;
        }
    }
}
