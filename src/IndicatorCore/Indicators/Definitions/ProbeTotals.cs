using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Probes of a group in a window.</summary>
internal sealed class ProbeTotals
{
    private ProbeCell _cell;

    /// <summary>Arrival counts.</summary>
    public EvidenceTotals Rows { get; } = new();

    /// <summary>Packets that came back.</summary>
    public long Received => _cell.Valid;

    /// <summary>Packets that were lost.</summary>
    public long Lost => _cell.Lost;

    /// <summary>Packets sent: what came back and what was lost.</summary>
    public long Sent => _cell.Valid + _cell.Lost;

    /// <summary>The latencies of what came back.</summary>
    public QuantileTotals Latencies { get; } = new();

    /// <summary>The windows of indicators on probes.</summary>
    public static WindowPlan Plan(ReportContext report)
    {
        var panes = new HashSet<int>();
        foreach (var key in report.State.Probe.Keys.Enumerate())
        {
            panes.Add(key.Pane);
        }

        return report.Plan(panes, report.Spans);
    }

    /// <summary>The totals of a level's groups.</summary>
    public static GroupedTotals<ProbeTotals> Collect(ReportContext report, GroupLevel level, WindowPlan plan)
    {
        var totals = new GroupedTotals<ProbeTotals>();
        var keys = report.State.Probe.Keys;
        var cells = report.State.Probe.Cells;
        for (var slot = 0; slot < keys.Count; slot++)
        {
            var window = plan.Of(keys[slot].Pane);
            if (window < 0)
            {
                continue;
            }

            var sample = cells[slot].Valid > 0 ? report.State.Values[new QuantileKey(ValueKind.Latency, keys[slot])] : null;
            foreach (var group in level.GroupsOf(keys[slot].Leaf, report.Spans.DayOf(keys[slot].Pane)))
            {
                totals[group, window].Add(cells[slot], sample);
            }
        }

        report.AddQuarantined(
            "probe", level, plan, (place, _) => (place.Leaf, report.Spans.DayOf(place.Pane)), (group, window) => totals[group, window].Rows);
        return totals;
    }

    /// <summary>The evidence block: <c>alpha</c> where the answer is of buckets, and <c>n_lost</c>.</summary>
    public Evidence ToEvidence(bool isBucketed)
    {
        var lost = KeyValuePair.Create("n_lost", new EvidenceValue { Count = Lost });
        return Rows.ToEvidence(_cell.Valid, _cell.Missing, _cell.Invalid, unserved: 0) with
        {
            Additional = isBucketed ? [KeyValuePair.Create("alpha", new EvidenceValue { Number = LogLinearBuckets.Alpha }), lost] : [lost],
        };
    }

    private void Add(ProbeCell cell, ValueSample? sample)
    {
        Rows.Add(cell.Rows);
        _cell.Merge(cell);
        if (sample is not null)
        {
            Latencies.Add(sample);
        }
    }
}
