using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Errors;

namespace IndicatorCore.Tests.Aggregation.Ordered;

/// <summary>Sets of points against sorted sets, whatever the order, split and merging.</summary>
public sealed class PointSetTests
{
    private static readonly MemoryBudget s_budget = new(1L << 40);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 100)]
    [InlineData(3, 5_000)]
    [InlineData(4, 20_000)]
    public void Points_come_back_in_order_and_once(int seed, int count)
    {
        foreach (var kind in new[] { PointKind.Sample, PointKind.Packet, PointKind.Counter })
        {
            var points = Random(seed, count, kind);
            var set = Of(kind, points);
            var expected = points.Distinct().Order().ToArray();
            Assert.Equal(expected, set.InOrder());
            Assert.Equal(expected.Length, set.Count);
        }
    }

    [Theory]
    [InlineData(1, 100, 40)]
    [InlineData(2, 5_000, 400)]
    [InlineData(3, 20_000, 100_000)]
    public void Intervals_that_overlap_or_touch_are_one(int seed, int count, int range)
    {
        var random = new Random(seed);
        var points = Enumerable.Range(0, count).Select(_ => random.Next(range)).Select(start => new Point(start, start + random.Next(1, 5))).ToArray();
        var set = Of(PointKind.Heartbeat, points);
        var covered = new bool[range + 5];
        foreach (var point in points)
        {
            covered.AsSpan((int)point.Time, (int)(point.A - point.Time)).Fill(true);
        }

        var expected = new List<Point>();
        for (var at = 0; at < covered.Length; at++)
        {
            if (covered[at] && (at == 0 || !covered[at - 1]))
            {
                expected.Add(new Point(at, Array.IndexOf(covered, false, at)));
            }
        }

        Assert.Equal(expected, set.InOrder());
    }

    [Fact]
    public void Order_split_and_merging_leave_the_same_bytes() => Prop.ForAll(
        ArbMap.Default.ArbFor<(short Time, byte Value)[]>(),
        ArbMap.Default.ArbFor<int>(),
        (pairs, seed) =>
        {
            foreach (var kind in Enum.GetValues<PointKind>())
            {
                var points = pairs.Select(pair => new Point(pair.Time, kind == PointKind.Heartbeat ? pair.Time + 1 + pair.Value : pair.Value)).ToArray();
                var once = Of(kind, points);
                var random = new Random(seed);
                var parts = points.GroupBy(_ => random.Next(4)).Select(part => Of(kind, [.. part, .. part.Take(1)])).ToArray();
                random.Shuffle(parts);
                var merged = new PointSet(kind, s_budget);
                foreach (var part in parts)
                {
                    if (random.Next(2) == 0)
                    {
                        merged.MergeFrom(part);
                    }
                    else
                    {
                        merged.TakeFrom(part);
                    }
                }

                if (!once.ToBytes().AsSpan().SequenceEqual(merged.ToBytes()) || once.Count != merged.Count)
                {
                    return false;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Bytes_that_were_written_are_read_and_no_others()
    {
        var set = Of(PointKind.Counter, Random(5, 300, PointKind.Counter));
        var bytes = set.ToBytes();
        var read = new PointSet(PointKind.Counter, s_budget);
        Assert.True(read.TryRead(bytes, set.Count));
        Assert.Equal(bytes, read.ToBytes());
        Assert.False(new PointSet(PointKind.Counter, s_budget).TryRead(bytes, set.Count - 1));
        Assert.False(new PointSet(PointKind.Counter, s_budget).TryRead(bytes, set.Count + 1));
        Assert.False(new PointSet(PointKind.Counter, s_budget).TryRead(bytes.AsSpan(0, bytes.Length - 1), set.Count));

        // twice the same point, and intervals that touch, are no sets
        Assert.False(new PointSet(PointKind.Sample, s_budget).TryRead([2, 2, 2, 1, 0, 0], 2));
        Assert.False(new PointSet(PointKind.Heartbeat, s_budget).TryRead([0, 10, 10, 0], 2));
        Assert.True(new PointSet(PointKind.Heartbeat, s_budget).TryRead([0, 10, 12, 0], 2));
    }

    [Fact]
    public void Any_changed_byte_is_refused_or_gives_other_points()
    {
        var set = Of(PointKind.Packet, Random(6, 60, PointKind.Packet));
        var bytes = set.ToBytes();
        for (var at = 0; at < bytes.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = bytes.ToArray();
                changed[at] ^= (byte)(1 << bit);
                var read = new PointSet(PointKind.Packet, s_budget);
                Assert.False(read.TryRead(changed, set.Count) && read.InOrder().SequenceEqual(set.InOrder()));
            }
        }
    }

    [Fact]
    public void Extreme_numbers_survive()
    {
        Point[] points =
        [
            new(long.MinValue, long.MaxValue, long.MinValue, long.MaxValue), new(long.MinValue + 1, 0), new(0, long.MinValue), new(long.MaxValue, -1, 1, -1),
        ];
        var set = Of(PointKind.Counter, points);
        Assert.Equal(points, set.InOrder());
        var read = new PointSet(PointKind.Counter, s_budget);
        Assert.True(read.TryRead(set.ToBytes(), points.Length));
        Assert.Equal(points, read.InOrder());
    }

    [Fact]
    public void Regular_points_take_few_bytes_and_all_memory_is_given_back()
    {
        var budget = new MemoryBudget(1 << 20);
        var set = new PointSet(PointKind.Sample, budget);
        for (var i = 0; i < 200_000; i++)
        {
            set.Add(new Point(1_700_000_000_000_000_000 + (i * 1_000_000_000L), 2_000_000_000, i / 50 % 2));
        }

        Assert.Equal(200_000, set.Count);
        Assert.InRange(set.ToBytes().Length, 600_000, 600_100);
        set.Clear();
        Assert.Equal(0, budget.Used);
    }

    [Fact]
    public void What_the_budget_does_not_hold_is_refused()
    {
        var budget = new MemoryBudget(20_000);
        var set = new PointSet(PointKind.Counter, budget);
        var random = new Random(1);
        var fault = Assert.Throws<LimitExceededException>(() =>
        {
            for (var i = 0; i < 100_000; i++)
            {
                set.Add(new Point(random.NextInt64(), random.NextInt64()));
            }
        });
        Assert.True(fault.IsMemoryBudget);
        set.Clear();
        Assert.Equal(0, budget.Used);
    }

    private static PointSet Of(PointKind kind, IEnumerable<Point> points)
    {
        var set = new PointSet(kind, s_budget);
        foreach (var point in points)
        {
            set.Add(point);
        }

        return set;
    }

    private static Point[] Random(int seed, int count, PointKind kind)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new Point(
            random.Next(-count, count), random.Next(4), random.Next(2), kind == PointKind.Sample ? 0 : random.Next(2)))];
    }
}
