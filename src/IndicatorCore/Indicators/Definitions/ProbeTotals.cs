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

    /// <summary>One-way packets of devices whose clock is wrong: neither sent nor received, for their latency is not known.</summary>
    public long Skewed { get; private set; }

    /// <summary>CONFLICT and CLOCK_SKEW.</summary>
    public ResultFlags Flags => (Rows.HasConflicts ? ResultFlags.Conflict : ResultFlags.None) | (Skewed > 0 ? ResultFlags.ClockSkew : ResultFlags.None);

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

        foreach (var key in report.State.OneWay.Keys.Enumerate())
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

        CollectOneWay(report, level, plan, totals);
        report.AddQuarantined(
            "probe", level, plan, (place, _) => (place.Leaf, report.Spans.DayOf(place.Pane)), (group, window) => totals[group, window].Rows);
        return totals;
    }

    /// <summary>The evidence block: <c>alpha</c> where the answer is of buckets, and <c>n_lost</c>.</summary>
    public Evidence ToEvidence(bool isBucketed)
    {
        var additional = new List<KeyValuePair<string, EvidenceValue>>();
        if (isBucketed)
        {
            additional.Add(KeyValuePair.Create("alpha", new EvidenceValue { Number = LogLinearBuckets.Alpha }));
        }

        additional.Add(KeyValuePair.Create("n_lost", new EvidenceValue { Count = Lost }));
        if (Skewed > 0)
        {
            additional.Add(KeyValuePair.Create("n_clock_skew", new EvidenceValue { Count = Skewed }));
        }

        return Rows.ToEvidence(_cell.Valid, _cell.Missing, _cell.Invalid, unserved: 0) with { Additional = additional };
    }

    private static void CollectOneWay(ReportContext report, GroupLevel level, WindowPlan plan, GroupedTotals<ProbeTotals> totals)
    {
        var (keys, cells) = (report.State.OneWay.Keys, report.State.OneWay.Cells);
        var skews = keys.Count == 0 ? null : ClockSkews.OfProbes(report, plan);
        for (var slot = 0; slot < keys.Count; slot++)
        {
            var window = plan.Of(keys[slot].Pane);
            if (window < 0)
            {
                continue;
            }

            var leaf = keys[slot].Leaf;
            var isSkewed = skews!.Has(window, leaf.Device);
            var sample = cells[slot].Valid > 0 && !isSkewed ? report.State.Values[new QuantileKey(ValueKind.OneWay, keys[slot])] : null;
            foreach (var group in level.GroupsOf(report.Engine.ByDevice ? leaf : leaf with { Device = -1 }, report.Spans.DayOf(keys[slot].Pane)))
            {
                if (isSkewed)
                {
                    totals[group, window].Rows.Add(cells[slot].Rows);
                    totals[group, window].Skewed += cells[slot].Rows.Received;
                }
                else
                {
                    totals[group, window].Add(cells[slot], sample);
                }
            }
        }
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
