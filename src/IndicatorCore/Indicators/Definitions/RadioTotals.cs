using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Radio samples of a group in a window.</summary>
internal sealed class RadioTotals
{
    private RadioCell _cell;
    private CoverageCounts _counts;

    /// <summary>Arrival counts.</summary>
    public EvidenceTotals Rows { get; } = new();

    /// <summary>Samples by class.</summary>
    public CoverageCounts Counts => _counts;

    /// <summary>SINGLE_DEVICE_DAY, where all usable samples are one known device's on one local day; CONFLICT.</summary>
    public ResultFlags Flags => (_cell.IsSingleDeviceDay ? ResultFlags.SingleDeviceDay : ResultFlags.None)
        | (Rows.HasConflicts ? ResultFlags.Conflict : ResultFlags.None);

    /// <summary>The windows of indicators on radio samples.</summary>
    public static WindowPlan Plan(ReportContext report)
    {
        var panes = new HashSet<int>();
        foreach (var key in report.State.Radio.Keys.Enumerate())
        {
            panes.Add(key.Pane);
        }

        return report.Plan(panes, report.Spans);
    }

    /// <summary>The totals of a level's groups.</summary>
    public static GroupedTotals<RadioTotals> Collect(ReportContext report, GroupLevel level, WindowPlan plan)
    {
        var totals = new GroupedTotals<RadioTotals>();
        var keys = report.State.Radio.Keys;
        var cells = report.State.Radio.Cells;
        for (var slot = 0; slot < keys.Count; slot++)
        {
            var window = plan.Of(keys[slot].Pane);
            if (window < 0)
            {
                continue;
            }

            var day = report.Spans.DayOf(keys[slot].Pane);
            foreach (var group in level.GroupsOf(keys[slot].Leaf, day))
            {
                totals[group, window].Add(cells[slot]);
            }
        }

        report.AddQuarantined(
            "radio", level, plan, (place, _) => (place.Leaf, report.Spans.DayOf(place.Pane)), (group, window) => totals[group, window].Rows);
        return totals;
    }

    /// <summary>The evidence block, naming the profile whose thresholds were used.</summary>
    public Evidence ToEvidence(ReportContext report) => Rows.ToEvidence(_counts.Valid, _counts.Missing, _counts.Invalid, _counts.Unserved) with
    {
        Additional = [KeyValuePair.Create("profile", new EvidenceValue { Text = report.Profile.Name })],
    };

    private void Add(RadioCell cell)
    {
        Rows.Add(cell.Rows);
        _counts.Merge(cell.Counts);
        _cell.Merge(cell);
    }
}
