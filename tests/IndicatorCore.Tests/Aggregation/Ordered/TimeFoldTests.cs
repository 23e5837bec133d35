using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Aggregation.Ordered;

namespace IndicatorCore.Tests.Aggregation.Ordered;

/// <summary>Spans of time, samples that hold, and spans at once, against seconds that are looked at one by one.</summary>
public sealed class TimeFoldTests
{
    [Fact]
    public void W2_the_union_counts_and_only_while_it_is_required()
    {
        var (a, b) = (new TimeSpans(), new TimeSpans());
        foreach (var heartbeat in new[] { 0, 30, 60, 200, 230 })
        {
            a.Add(heartbeat, heartbeat + 60);
        }

        b.Add(50, 150);
        var required = new TimeSpans();
        required.Add(0, 100);
        Assert.Equal((210, 50), (a.Within(0, 300), (long)b.Within(required, 0, 300)));
        Assert.Equal(100, (long)required.Within(required, 0, 300));
    }

    [Fact]
    public void W2b_chunks_add_up()
    {
        var a = new TimeSpans();
        foreach (var heartbeat in new[] { 0, 30, 60, 140, 200, 230 })
        {
            a.Add(heartbeat, heartbeat + 60);
        }

        Assert.Equal((130, 140, 270), (a.Within(0, 150), a.Within(150, 300), a.Within(0, 300)));
    }

    [Fact]
    public void Common_time_is_what_each_instant_says() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte Start, byte Length)[]>(),
        ArbMap.Default.ArbFor<(byte Start, byte Length)[]>(),
        ArbMap.Default.ArbFor<(byte From, byte To)>(),
        (left, right, window) =>
        {
            var (a, isA) = Both(left);
            var (b, isB) = Both(right);
            var inside = Enumerable.Range(0, 600).Where(at => at >= window.From && at < window.To).ToArray();
            return a.Within(window.From, window.To) == inside.Count(at => isA[at])
                && a.Within(b, window.From, window.To) == inside.Count(at => isA[at] && isB[at]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_sample_holds_until_the_next_and_no_longer_than_it_may()
    {
        Point[] samples = [new(0, 20, 1), new(10, 20, 0), new(15, 20, 1), new(50, 20, 1), new(60, 20, 1), new(100, 20, 0)];
        Assert.Equal([(0L, 10L), (15, 35), (50, 80)], HoldFold.Covered(samples).All);

        // of samples at one instant all must be covered
        Assert.Empty(HoldFold.Covered([new Point(0, 20, 0), new Point(0, 20, 1)]).All);
        Assert.Equal([(0L, 30L)], HoldFold.Covered([new Point(0, 20, 1), new Point(0, 30, 1)]).All);
        Assert.Equal([(5L, long.MaxValue)], HoldFold.Covered([new Point(5, long.MaxValue, 1)]).All);
    }

    [Fact]
    public void W27_an_end_precedes_a_start_at_the_same_instant()
    {
        Assert.Equal(2, ConcurrencyFold.Most([0, 5, 10], [10, 15, 20]));
        Assert.Equal(0, ConcurrencyFold.Most([], []));
    }

    [Fact]
    public void The_most_at_once_is_what_each_instant_says() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte Start, byte Length)[]>(),
        spans =>
        {
            var whole = spans.Where(static span => span.Length > 0).ToArray();
            var expected = Enumerable.Range(0, 600).Max(at => whole.Count(span => span.Start <= at && at < span.Start + span.Length));
            return ConcurrencyFold.Most(
                [.. whole.Select(static span => (long)span.Start)], [.. whole.Select(static span => (long)span.Start + span.Length).Reverse()]) == expected;
        }).QuickCheckThrowOnFailure();

    private static (TimeSpans Spans, bool[] Covered) Both((byte Start, byte Length)[] spans)
    {
        var (result, covered) = (new TimeSpans(), new bool[600]);
        foreach (var (start, length) in spans.OrderBy(static span => span.Start))
        {
            result.Add(start, start + length);
            covered.AsSpan(start, length).Fill(true);
        }

        return (result, covered);
    }
}
