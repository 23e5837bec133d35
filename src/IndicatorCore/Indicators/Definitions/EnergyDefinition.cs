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
        Direction = IndicatorDirection.LowerIsBetter,
        Formula = "sum of kWh over intervals, by interval start; of cumulative readings what each is above the one before, intervals over a reset dropped",
        Unit = "kWh",
        Needs = [new() { Source = "energy", Required = ["interval_start", "kwh|reading_kwh"], Optional = ["meter", "line", "product"] }],
        State = "sum by (scope, local day) at 10⁻⁶ kWh; the set of readings (time, value) by (scope, meter, local day), folded in time order",
        Weights = "plain sum",
        PublicationRule = "always; a meter reading of exactly 0 is valid",
        Sources = ["indicator-definitions 1.4, 1.5, 7", "interface 4"],
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

        panes.UnionWith(MeterEnergy.Panes(report));
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

        CollectReadings(report, level, plan, (group, window) => totals[group, window]);
        report.AddQuarantined(
            "energy", level, plan, (place, _) => (place.Leaf, report.Panes.DayOf(place.Pane)), (group, window) => totals[group, window].Rows);
        return totals;
    }

    private static void CollectReadings(ReportContext report, GroupLevel level, WindowPlan plan, Func<int, int, EnergyTotals> totalsOf)
    {
        var readings = report.State.Support.Readings.Cells;
        for (var slot = 0; slot < readings.Count; slot++)
        {
            var (key, window) = (readings.Keys[slot], plan.Of(readings.Keys[slot].Pane));
            if (window < 0)
            {
                continue;
            }

            foreach (var group in level.GroupsOf(key.Leaf, report.Panes.DayOf(key.Pane)))
            {
                totalsOf(group, window).Add(readings.Cells[slot]);
            }
        }

        foreach (var (place, (energy, intervals, resets)) in MeterEnergy.Of(report).All)
        {
            var window = plan.Of(place.Pane);
            if (window < 0)
            {
                continue;
            }

            foreach (var group in level.GroupsOf(place.Leaf, report.Panes.DayOf(place.Pane)))
            {
                totalsOf(group, window).Add(energy, intervals, resets);
            }
        }
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
            Evidence = totals.ToEvidence(),
        };
        ResultReason? notAvailable = !report.HasAny(Lane.Kwh, Lane.Reading) ? ResultReason.MissingColumn
            : level.Has("device") ? ResultReason.GroupNotApplicable
            : totals.Intervals == 0 ? ResultReason.NoData
            : null;
        return Figure.Judge(row, notAvailable, suppressed: null);
    }
}
