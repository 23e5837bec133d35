using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>
/// Stops folded by line. A line is required while the registry has it in service (and plans it to operate, where its calendar plans the line at all), or always where the registry does not know it. The
/// registry's lines without a stop count, too, in factories of which any line reports stops: to leave out the best lines would flatter nobody
/// but mislead.
/// </summary>
internal sealed class LineStops
{
    private readonly ReportContext _report;
    private readonly List<(Leaf Leaf, SpanUnion Stopped, TimedValue[] Failures)> _lines = [];

    private LineStops(ReportContext report)
    {
        _report = report;
        var points = new Dictionary<Leaf, List<TimedValue>>();
        var reporting = new HashSet<int>();
        var keys = report.State.Support.Stops.Cells.Keys;
        for (var slot = 0; slot < keys.Count; slot++)
        {
            var leaf = keys[slot].Leaf;
            if (!points.TryGetValue(leaf, out var of))
            {
                points.Add(leaf, of = []);
            }

            of.AddRange(report.State.Support.Stops.Of(keys[slot]));
            reporting.Add(leaf.Factory >= 0 ? leaf.Factory : report.Engine.Registry?.PlaceOf(leaf.Line, report.Panes.DayOf(keys[slot].Pane)).Factory ?? -1);
        }

        reporting.Remove(-1);
        var seen = points.Keys.Select(static leaf => leaf.Line).ToHashSet();
        foreach (var line in report.Engine.Registry?.LineNumbers ?? [])
        {
            if (!seen.Contains(line) && report.Engine.Registry!.FactoriesOf(line).Any(reporting.Contains))
            {
                points.Add(Leaf.None with { Line = line }, []);
            }
        }

        foreach (var (leaf, of) in points)
        {
            of.Sort(TimedValue.Compare);
            _lines.Add((leaf, new SpanUnion(of.Select(static point => (point.Time, point.Value))), [.. of.Where(static point => point.Kind == DowntimeKind.Failure).Distinct()]));
        }
    }

    /// <summary>The stops of a report, folded once.</summary>
    public static LineStops Of(ReportContext report) => report.Once(typeof(LineStops), () => new LineStops(report));

    /// <summary>The windows of indicators on stops.</summary>
    public static WindowPlan Plan(ReportContext report)
    {
        var panes = new HashSet<int>();
        foreach (var key in report.State.Support.Stops.Cells.Keys.Enumerate())
        {
            panes.Add(key.Pane);
        }

        return report.Plan(panes, report.Panes);
    }

    /// <summary>The totals of a level's groups.</summary>
    public GroupedTotals<StopTotals> Collect(GroupLevel level, WindowPlan plan)
    {
        var totals = new GroupedTotals<StopTotals>();
        var keys = _report.State.Support.Stops.Cells.Keys;
        var cells = _report.State.Support.Stops.Cells.Cells;
        for (var slot = 0; slot < keys.Count; slot++)
        {
            var window = plan.Of(keys[slot].Pane);
            if (window < 0)
            {
                continue;
            }

            foreach (var group in level.GroupsOf(keys[slot].Leaf, _report.Panes.DayOf(keys[slot].Pane)))
            {
                totals[group, window].Add(cells[slot]);
            }
        }

        _report.AddQuarantined(
            "downtime", level, plan, (place, _) => (place.Leaf, _report.Panes.DayOf(place.Pane)), (group, window) => totals[group, window].Rows);
        var withData = totals.Groups.ToHashSet();
        for (var window = 0; window < plan.Windows.Count; window++)
        {
            foreach (var (start, end) in Segments(plan.Windows[window]))
            {
                foreach (var (leaf, stopped, failures) in _lines)
                {
                    Add(level, withData, group => totals[group, window], leaf, stopped, failures, start, end);
                }
            }
        }

        return totals;
    }

    // lines change their factory, and come and go, at the registry's borders alone
    private IEnumerable<(long Start, long End)> Segments(ReportWindow window)
    {
        var start = window.Start;
        foreach (var day in _report.Engine.Registry?.Borders ?? [])
        {
            if (day is int.MinValue or int.MaxValue)
            {
                continue;
            }

            var border = _report.Clock.StartOf(day);
            if (border > start && border < window.End)
            {
                yield return (start, border);
                start = border;
            }
        }

        yield return (start, window.End);
    }

    private void Add(
        GroupLevel level, HashSet<int> withData, Func<int, StopTotals> totalsOf, in Leaf leaf, SpanUnion stopped, TimedValue[] failures, long start, long end)
    {
        var day = _report.Clock.DayOf(start);
        var isRequired = _report.Engine.Registry?.IsInService(leaf.Line, day) ?? true;
        var up = isRequired ? UpTime(leaf.Line, stopped, start, end) : 0;
        foreach (var group in level.GroupsOf(leaf, day))
        {
            if (!withData.Contains(group))
            {
                continue;
            }

            var totals = totalsOf(group);
            totals.AddUp(up);
            for (var i = FirstFrom(failures, start); i < failures.Length && failures[i].Time < end; i++)
            {
                totals.AddFailure(failures[i].Time, failures[i].Value);
            }
        }
    }

    private Int128 UpTime(int line, SpanUnion stopped, long start, long end)
    {
        if (PlannedOperation.Of(_report).OfLine(line) is not { } planned)
        {
            return (Int128)end - start - stopped.MeasureIn(start, end);
        }

        Int128 up = 0;
        foreach (var (from, to) in planned.Between(start, end))
        {
            up += (Int128)to - from - stopped.MeasureIn(from, to);
        }

        return up;
    }

    private static int FirstFrom(TimedValue[] points, long start)
    {
        int low = 0, high = points.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (points[middle].Time < start)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
