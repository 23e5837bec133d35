using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Rows of a group in a window, of a table that only order-dependent indicators are made of.</summary>
internal class ArrivalTotals
{
    private ArrivalCell _cell;

    /// <summary>Arrival counts.</summary>
    public EvidenceTotals Rows { get; } = new();

    /// <summary>The flags that the rows themselves give cause for.</summary>
    public ResultFlags Flags => Rows.HasConflicts ? ResultFlags.Conflict : ResultFlags.None;

    /// <summary>The windows of indicators on a table.</summary>
    public static WindowPlan Plan(ReportContext report, string table)
    {
        var ordinal = ReportContext.OrdinalOf(table);
        return report.Plan(
            report.State.Arrivals.Keys.Enumerate().Where(key => key.Table == ordinal).Select(static key => key.Place.Pane).ToHashSet(), report.Spans);
    }

    /// <summary>The rows of a level's groups.</summary>
    public static GroupedTotals<T> Collect<T>(ReportContext report, GroupLevel level, WindowPlan plan, string table)
        where T : ArrivalTotals, new()
    {
        var totals = new GroupedTotals<T>();
        var ordinal = ReportContext.OrdinalOf(table);
        var keys = report.State.Arrivals.Keys;
        for (var slot = 0; slot < keys.Count; slot++)
        {
            var key = keys[slot];
            var window = key.Table == ordinal ? plan.Of(key.Place.Pane) : -1;
            if (window < 0)
            {
                continue;
            }

            foreach (var group in level.GroupsOf(key.Place.Leaf, report.Spans.DayOf(key.Place.Pane)))
            {
                totals[group, window].Add(key.Reason, report.State.Arrivals.Cells[slot]);
            }
        }

        return totals;
    }

    /// <summary>The evidence block.</summary>
    public Evidence ToEvidence() => Rows.ToEvidence(_cell.Valid, _cell.Missing, _cell.Invalid, unserved: 0);

    private void Add(QuarantineReason reason, ArrivalCell cell)
    {
        Rows.Add(cell.Rows);
        _cell.Merge(cell);
        if (reason != QuarantineReason.None)
        {
            Rows.Quarantine(reason, cell.Rows.Received);
        }
    }
}
