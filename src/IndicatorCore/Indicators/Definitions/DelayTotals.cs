using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>How long the rows of a group took to arrive in a window.</summary>
internal sealed class DelayTotals
{
    /// <summary>The delays at 10⁻⁶ s.</summary>
    public QuantileTotals Delays { get; } = new();

    /// <summary>Those of devices whose clock is wrong.</summary>
    public long Skewed { get; private set; }

    /// <summary>The delays of a level's groups by table, those of tables that the state has.</summary>
    public static Dictionary<string, GroupedTotals<DelayTotals>> Collect(ReportContext report, GroupLevel level, WindowPlan plan)
    {
        var tables = new Dictionary<string, GroupedTotals<DelayTotals>>();
        var values = report.State.Values;
        for (var slot = 0; slot < values.Count; slot++)
        {
            var key = values.Keys[slot];
            if (key.Kind < ValueKind.Delay || plan.Of(key.Place.Pane) is not (>= 0 and var window) || values.At(slot) is not { Count: > 0 } sample)
            {
                continue;
            }

            var table = key.Kind - ValueKind.Delay;
            var isSkewed = key.Place.Leaf.Device >= 0 && ClockSkews.OfTable(report, plan, table).Has(window, key.Place.Leaf.Device);
            if (!tables.TryGetValue(TableCatalog.All[table].Name, out var totals))
            {
                tables.Add(TableCatalog.All[table].Name, totals = new GroupedTotals<DelayTotals>());
            }

            var leaf = report.Engine.ByDevice ? key.Place.Leaf : key.Place.Leaf with { Device = -1 };
            foreach (var group in level.GroupsOf(leaf, report.Spans.DayOf(key.Place.Pane)))
            {
                totals[group, window].Delays.Add(sample);
                totals[group, window].Skewed += isSkewed ? sample.Count : 0;
            }
        }

        return tables;
    }

    /// <summary>Adds the delays of another table.</summary>
    public void Add(DelayTotals other)
    {
        Delays.Add(other.Delays);
        Skewed += other.Skewed;
    }
}
