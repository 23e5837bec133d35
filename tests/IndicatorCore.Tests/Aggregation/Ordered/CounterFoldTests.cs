using IndicatorCore.Aggregation.Ordered;

namespace IndicatorCore.Tests.Aggregation.Ordered;

/// <summary>Counters: wraps, resets, rates of seconds (indicator-definitions 6).</summary>
public sealed class CounterFoldTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void W14_a_reset_drops_its_span()
    {
        var spans = Spans(0, 0, 1_000, 126_000, 500, 125_500);
        Assert.Equal([125_000, -1, 125_000], spans.Select(static span => span.Bytes));
        Assert.Equal([false, true, false], spans.Select(static span => span.IsReset));
    }

    [Fact]
    public void W14_a_counter_of_32_bits_wraps() => Assert.Equal([1_000], Spans(32, 0, 4_294_967_000, 704).Select(static span => span.Bytes));

    [Theory]
    [InlineData(32, 0, 4_294_967_000, 704, 1_000)]
    [InlineData(0, 0, 4_294_967_000, 704, -1)]              // no width explains it
    [InlineData(31, 0, 4_294_967_000, 704, -1)]             // nor this one
    [InlineData(32, 0, 126_000, 500, -1)]                   // more than half the range
    [InlineData(32, 0, (1L << 31) + 1, 0, (1L << 31) - 1)]
    [InlineData(32, 0, 1L << 31, 0, -1)]
    [InlineData(32, 801, 4_294_967_000, 704, 1_000)]        // 800 bit/s: below the capacity
    [InlineData(32, 800, 4_294_967_000, 704, -1)]           // not below it
    [InlineData(32, 1_000_000_000_000, 126_000, 500, 4_294_841_796)]
    [InlineData(63, 0, long.MaxValue, 0, 1)]
    [InlineData(64, 0, long.MaxValue, 0, -1)]
    public void A_wrap_is_explained_by_width_and_capacity(int bits, long capacity, long first, long second, long bytes) =>
        Assert.Equal(bytes, Spans(bits, capacity, first, second)[0].Bytes);

    [Fact]
    public void Of_readings_at_one_instant_the_greatest_counts()
    {
        Point[] readings = [new(0, 5), new(0, 7), new(Second, 10), new(Second, 12)];
        Assert.Equal([new CounterSpan(0, Second, 5)], CounterFold.Spans(readings));
        Assert.Empty(CounterFold.Spans(readings[..2]));
    }

    [Fact]
    public void Rates_are_of_whole_seconds_that_short_spans_cover()
    {
        // 250 ms apart from 0.5 s on; the first and the last second are not whole; a gap of 2 s tells no rate
        var readings = new List<Point>();
        for (var i = 0; i <= 10; i++)
        {
            readings.Add(new Point((Second / 2) + (i * Second / 4), i * i * 100));
        }

        readings.Add(new Point(5 * Second, 100_000));
        readings.Add(new Point(6 * Second, 100_125));
        var rates = CounterFold.SecondRates(CounterFold.Spans(readings)).ToArray();
        Assert.Equal([(Second, (36 - 4) * 100 * 8), (2 * Second, (100 - 36) * 100 * 8), (5 * Second, 1_000)], rates);
    }

    [Fact]
    public void A_span_that_lies_across_seconds_is_spread_evenly_and_rounded_once()
    {
        Point[] readings = [new(-Second / 3, 0), new(2 * Second / 3, 300), new(5 * Second / 3, 301)];
        Assert.Equal([(0, (long)Math.Round(8 * ((300 * 2 / 3.0) + (1 / 3.0)), MidpointRounding.ToEven))], CounterFold.SecondRates(CounterFold.Spans(readings)));
    }

    [Fact]
    public void Resets_tell_no_rate() => Assert.Empty(CounterFold.SecondRates(CounterFold.Spans([new Point(0, 500), new Point(Second, 0)])));

    private static CounterSpan[] Spans(int bits, long capacity, params long[] bytes) =>
        [.. CounterFold.Spans(bytes.Select((value, i) => new Point(i * 10 * Second, value, bits, capacity)))];
}
