using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>One device in the order of time: when it was up (or covered), where it was, and when it had to be.</summary>
internal sealed class DeviceTimeline
{
    private readonly List<(long Time, Leaf Leaf)> _moves = [];
    private readonly ReportContext _report;
    private readonly TimeSpans? _required;

    private DeviceTimeline(ReportContext report, int device)
    {
        _report = report;
        Device = device;
        _required = report.Engine.Registry is { } registry ? RequiredOf(report, registry, device) : null;
    }

    /// <summary>The device's number.</summary>
    public int Device { get; }

    /// <summary>When it was up.</summary>
    public TimeSpans Up { get; private set; } = new();

    /// <summary>Whether the registry, if there is one, knows it.</summary>
    public bool IsRegistered => _report.Engine.Registry is not { } registry || Device < registry.DeviceCount;

    /// <summary>The timelines of all devices with points of a kind, one at a time, so that no more is held.</summary>
    /// <param name="report">The report.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="up">From points in the order of time to when the device was up.</param>
    public static IEnumerable<DeviceTimeline> Of(ReportContext report, PointKind kind, Func<IEnumerable<Point>, TimeSpans> up)
    {
        foreach (var (device, sets) in report.State.Points.ByDevice(kind))
        {
            var timeline = new DeviceTimeline(report, device);
            timeline.Up = up(timeline.Walk(new PointWalk(report, sets.Select(static set => (set.Key.Leaf, set.Points)))));
            yield return timeline;
        }
    }

    /// <summary>The timelines of devices that were never heard.</summary>
    public static IEnumerable<DeviceTimeline> Silent(ReportContext report, IEnumerable<int> devices) => devices.Select(device => new DeviceTimeline(report, device));

    /// <summary>When intervals make a device up: all the time that they cover.</summary>
    public static TimeSpans Union(IEnumerable<Point> intervals)
    {
        var spans = new TimeSpans();
        foreach (var interval in intervals)
        {
            spans.Add(interval.Time, interval.A);
        }

        return spans;
    }

    /// <summary>Where the device was last heard before an instant; where it was not yet, its line in the registry, or null.</summary>
    public Leaf? LeafAt(long end)
    {
        int low = 0, high = _moves.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_moves[middle].Time < end)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low > 0 ? _moves[low - 1].Leaf
            : _report.Engine.Registry is { } registry && IsRegistered
                ? Leaf.None with { Line = registry.LineOf(Device, _report.Clock.DayOf(end - 1)), Device = _report.Engine.ByDevice ? Device : -1 }
            : null;
    }

    /// <summary>The nanoseconds of a window in which it had to be up: all of it without a registry, none where the registry does not know it.</summary>
    public Int128 Required(ReportWindow window) => _required is null ? window.End - window.Start : _required.Within(window.Start, window.End);

    /// <summary>The nanoseconds of them in which it was.</summary>
    public Int128 UpTime(ReportWindow window) => _required is null ? Up.Within(window.Start, window.End) : Up.Within(_required, window.Start, window.End);

    // time in service; of that what is planned, where the calendar plans anything for the device or its line
    private static TimeSpans RequiredOf(ReportContext report, RegistryIndex registry, int device)
    {
        if (device >= registry.DeviceCount)
        {
            return new TimeSpans();
        }

        var spans = new List<(long Start, long End)>();
        foreach (var spell in registry.Spells(device))
        {
            var start = spell.Days.Start == int.MinValue ? long.MinValue : report.Clock.StartOf(spell.Days.Start);
            var end = spell.Days.End == int.MaxValue ? long.MaxValue : report.Clock.StartOf(spell.Days.End);
            var planned = PlannedOperation.Of(report).OfDevice(device, spell.Line);
            spans.AddRange(planned?.Between(start, end) ?? [(start, end)]);
        }

        return TimeSpans.Of(spans);
    }

    // the points of all leaves as one, noting where the leaf changes
    private IEnumerable<Point> Walk(PointWalk walk)
    {
        Leaf[] leaves = [.. walk.Leaves];
        foreach (var point in walk.InOrder())
        {
            if (_moves.Count == 0 || _moves[^1].Leaf != leaves[walk.At])
            {
                _moves.Add((point.Time, leaves[walk.At]));
            }

            yield return point;
        }
    }
}
