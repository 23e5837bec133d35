using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Energy, <c>energy_kwh</c>: the plain exact sum (interface 4).</summary>
internal sealed class EnergyDefinition : IndicatorDefinition
{
    private const int Scale = 6;

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "energy_kwh",
        ChineseName = "用电量",
        EnglishName = "Energy",
        Formula = "sum of kWh over intervals, by interval start",
        Unit = "kWh",
        Needs = [new() { Source = "energy", Required = ["interval_start", "kwh"], Optional = ["line", "product"] }],
        State = "sum by (scope, local day) at 10⁻⁶ kWh",
        Weights = "plain sum",
        PublicationRule = "always; a meter reading of exactly 0 is valid",
        Sources = ["indicator-definitions 1.4, 1.5", "interface 4"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Energy;

    /// <inheritdoc/>
    public override string Table => "energy";

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        var rows = new List<IndicatorRow>();
        var panes = new HashSet<int>();
        foreach (var key in report.State.Energy.Keys.Enumerate())
        {
            panes.Add(key.Pane);
        }

        var plan = report.Plan(panes, report.Panes);
        foreach (var level in report.Levels)
        {
            var totals = Collect(report, level, plan);
            foreach (var group in totals.Groups)
            {
                for (var i = 0; i < plan.Windows.Count; i++)
                {
                    rows.Add(Row(report, level, group, plan.Windows[i], totals.Find(group, i)));
                }
            }
        }

        return rows;
    }

    private static GroupedTotals<EnergyTotals> Collect(ReportContext report, GroupLevel level, WindowPlan plan)
    {
        var totals = new GroupedTotals<EnergyTotals>();
        var keys = report.State.Energy.Keys;
        var cells = report.State.Energy.Cells;
        for (var slot = 0; slot < keys.Count; slot++)
        {
            var window = plan.Of(keys[slot].Pane);
            if (window < 0)
            {
                continue;
            }

            foreach (var group in level.GroupsOf(keys[slot].Leaf, report.Panes.DayOf(keys[slot].Pane)))
            {
                totals[group, window].Add(cells[slot]);
            }
        }

        report.AddQuarantined(
            "energy", level, plan, (place, _) => (place.Leaf, report.Panes.DayOf(place.Pane)), (group, window) => totals[group, window].Rows);
        return totals;
    }

    private IndicatorRow Row(ReportContext report, GroupLevel level, int group, ReportWindow window, EnergyTotals totals)
    {
        var energy = totals.Energy;
        var row = new IndicatorRow
        {
            Indicator = Description.Id,
            Definition = Description.Definition,
            Group = level.Group(group),
            WindowStart = window.Start,
            WindowEnd = window.End,
            Value = ExactRatio.ToDouble(energy, BigInteger.Pow(10, Scale)),
            Unit = Description.Unit,
            Numerator = new ExactNumber(energy, Scale),
            Flags = window.Flags | report.SkipFlag(Description) | (totals.Rows.HasConflicts ? ResultFlags.Conflict : ResultFlags.None),
            Evidence = totals.Rows.ToEvidence(totals.Valid, totals.Missing, totals.Invalid, unserved: 0),
        };
        ResultReason? notAvailable = !report.HasAny(Lane.Kwh) ? ResultReason.MissingColumn
            : level.Has("device") ? ResultReason.GroupNotApplicable
            : totals.Valid == 0 ? ResultReason.NoData
            : null;
        return Figure.Judge(row, notAvailable, suppressed: null);
    }
}
