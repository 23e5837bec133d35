using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Aggregation.Ordered;

namespace IndicatorCore.Tests.Aggregation.Ordered;

/// <summary>Sequence numbers: wraps, restarts, windows (indicator-definitions 6).</summary>
public sealed class SequenceFoldTests
{
    [Fact]
    public void W13_a_wrap_is_no_loss() => Assert.Equal((8, 6, 1, 1), Whole(16, 65533, 65534, 65535, 1, 0, 1, 4));

    [Fact]
    public void W13_without_a_width_the_wrap_is_a_restart_and_no_loss_either() => Assert.Equal((8, 6, 1, 1), Whole(0, 65533, 65534, 65535, 1, 0, 1, 4));

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(32)]
    public void Every_width_wraps_many_times(int bits)
    {
        var numbers = Enumerable.Range(0, 3_000).Select(i => (i * (long)(1UL << (bits - 3))) & (long)((1UL << bits) - 1)).ToArray();
        var (expected, received, duplicates, reordered) = Whole(bits, numbers);
        Assert.Equal((2_999 * (long)(1UL << (bits - 3))) + 1, expected);
        Assert.Equal((3_000, 0, 0), (received, duplicates, reordered));
    }

    [Theory]
    [InlineData(16, 1_100, 1_000, 2, 101, 1)]   // 100 back: reordered
    [InlineData(16, 1_101, 1_000, 2, 2, 0)]     // 101 back: a restart
    [InlineData(0, 5_000, 0, 2, 2, 0)]
    [InlineData(16, 0, 32_767, 2, 32_768, 0)]   // a jump forward is loss
    [InlineData(16, 0, 32_768, 2, 2, 0)]        // half the circle is a session of its own
    [InlineData(0, 0, 1L << 31, 2, (1L << 31) + 1, 0)]
    [InlineData(0, 0, (1L << 31) + 1, 2, 2, 0)]
    [InlineData(0, long.MaxValue, long.MinValue, 2, 2, 0)]
    public void A_far_step_opens_a_session(int bits, long first, long second, long received, long expected, long reordered) =>
        Assert.Equal((expected, received, 0, reordered), Whole(bits, first, second));

    [Fact]
    public void A_lost_packet_was_sent_and_one_that_comes_after_all_is_not_lost()
    {
        Point[] packets = [new(1, 1, 1), new(2, 2, 0), new(3, 3, 0), new(4, 3, 1), new(5, 3, 0), new(6, 9, 0)];
        var counts = SequenceFold.Fold(packets, static _ => 0, 1)[0];
        Assert.Equal((9, 2, 0, 0), (counts.Expected, counts.Received, counts.Duplicates, counts.Reordered));
    }

    [Fact]
    public void Windows_add_up_and_a_late_packet_counts_where_it_was_due()
    {
        // due in window 0: 1, 2, 3; lost between the windows: 4, 5; number 2 comes in window 1
        Point[] packets = [new(1, 1, 1), new(2, 3, 1), new(11, 6, 1), new(12, 2, 1), new(13, 2, 1)];
        var counts = SequenceFold.Fold(packets, static time => (int)time / 10, 2);
        Assert.Equal((3, 3, 0, 0), (counts[0].Expected, counts[0].Received, counts[0].Duplicates, counts[0].Reordered));
        Assert.Equal((3, 1, 1, 1), (counts[1].Expected, counts[1].Received, counts[1].Duplicates, counts[1].Reordered));

        // what is outside every window is not counted, but carries
        var last = SequenceFold.Fold(packets, static time => time > 10 ? 0 : -1, 1)[0];
        Assert.Equal((3, 1, 1, 1), (last.Expected, last.Received, last.Duplicates, last.Reordered));
    }

    [Fact]
    public void A_session_is_what_a_plain_set_says() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>().Filter(static steps => steps.Length > 0),
        ArbMap.Default.ArbFor<int>(),
        (steps, seed) =>
        {
            // within a window of 90 numbers behind the highest nothing restarts
            var random = new Random(seed);
            long highest = 0;
            var numbers = steps.Select(step =>
            {
                var number = Math.Max(highest - 90, 0) + (step % 100);
                highest = Math.Max(highest, number);
                return number;
            }).ToArray();
            var seen = new HashSet<long>();
            var (expected, duplicates, reordered, top) = (numbers.Max() - numbers.Min() + 1, 0, 0, long.MinValue);
            foreach (var number in numbers)
            {
                var isNew = seen.Add(number);
                duplicates += isNew ? 0 : 1;
                reordered += isNew && number < top ? 1 : 0;
                top = Math.Max(top, number);
            }

            // the same numbers of 16 bits, from anywhere on the circle
            var start = random.Next(1 << 16);
            var wrapped = numbers.Select(number => (number + start) & 0xFFFF).ToArray();
            var found = Whole(0, numbers);
            return found == (expected, seen.Count, duplicates, reordered) && Whole(16, wrapped) == found;
        }).QuickCheckThrowOnFailure();

    private static (long Expected, long Received, long Duplicates, long Reordered) Whole(int bits, params long[] numbers)
    {
        var counts = SequenceFold.Fold(numbers.Select((number, i) => new Point(i, number, 1, bits)), static _ => 0, 1)[0];
        return (counts.Expected, counts.Received, counts.Duplicates, counts.Reordered);
    }
}
