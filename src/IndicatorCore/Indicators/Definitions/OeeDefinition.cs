using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Overall equipment effectiveness, <c>oee</c>, and its parts (indicator-definitions 7).</summary>
internal sealed class OeeDefinition : IndicatorDefinition
{
    private const int Scale = 12;
    private const int SecondsAnHour = 3_600;

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "oee",
        ChineseName = "设备综合效率",
        EnglishName = "Overall equipment effectiveness",
        Formula = "Σ GQ·PRI / Σ PBT = availability Σ APT / Σ PBT × effectiveness Σ PRI·PQ / Σ APT × quality Σ PRI·GQ / Σ PRI·PQ",
        Unit = "ratio",
        Needs =
        [
            new()
            {
                Source = "production",
                Required =
                [
                    "interval_start", "line", "q_good", "q_total", "planned_busy_h|planned_busy_s", "actual_h|actual_s",
                    "ideal_h_per_unit|ideal_s_per_unit",
                ],
                Optional = ["product"],
            },
        ],
        State = "sums by (scope, local day) of PBT and APT at 10⁻⁶ s, PRI·PQ and PRI·GQ at 10⁻¹² s, over rows that have all five; a row without output needs no PRI",
        Weights = "hours: sums of numerators and denominators, so that the parts multiply to the whole at every level",
        PublicationRule = "always; PRI·PQ above APT is kept and flagged PERFORMANCE_ABOVE_100: wrong master data",
        Parts = ["oee.availability", "oee.effectiveness", "oee.quality"],
        Sources = ["indicator-definitions 7", "ISO 22400-2 (elements PBT, APT, PRI, PQ, GQ)"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Oee;

    /// <inheritdoc/>
    public override string Table => "production";

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        var panes = new HashSet<int>();
        foreach (var key in report.State.Support.Oee.Keys.Enumerate())
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
                    foreach (var row in Rows(report, level, group, plan.Windows[i], totals.Find(group, i)))
                    {
                        yield return row;
                    }
                }
            }
        }
    }

    private static GroupedTotals<OeeTotals> Collect(ReportContext report, GroupLevel level, WindowPlan plan)
    {
        var totals = new GroupedTotals<OeeTotals>();
        var keys = report.State.Support.Oee.Keys;
        var cells = report.State.Support.Oee.Cells;
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
            "production", level, plan, (place, _) => (place.Leaf, report.Panes.DayOf(place.Pane)), (group, window) => totals[group, window].Rows);
        return totals;
    }

    private IEnumerable<IndicatorRow> Rows(ReportContext report, GroupLevel level, int group, ReportWindow window, OeeTotals totals)
    {
        ResultReason? notAvailable =
            !report.HasAny(Lane.PlannedBusy) || !report.HasAny(Lane.ActualTime) || !report.HasAny(Lane.IdealTime) || !report.HasAny(Lane.QTotal)
                ? ResultReason.MissingColumn
            : level.Has("device") ? ResultReason.GroupNotApplicable
            : !totals.Rows.Any ? ResultReason.NoData
            : totals.Planned.IsZero ? ResultReason.ZeroDenominator
            : null;
        var row = new IndicatorRow
        {
            Indicator = Description.Id,
            Definition = Description.Definition,
            Group = level.Group(group),
            WindowStart = window.Start,
            WindowEnd = window.End,
            Unit = Description.Unit,
            Flags = window.Flags | report.SkipFlag(Description) | (totals.Rows.HasConflicts ? ResultFlags.Conflict : ResultFlags.None)
                | (totals.Produced > totals.Actual ? ResultFlags.PerformanceAbove100 : ResultFlags.None),
            Evidence = totals.Rows.ToEvidence(totals.Valid, totals.Missing, totals.Invalid, unserved: 0),
        };
        yield return Share(row, Description.Id, totals.Good, totals.Planned, notAvailable);
        yield return Share(row, "oee.availability", totals.Actual, totals.Planned, notAvailable);
        yield return Share(row, "oee.effectiveness", totals.Produced, totals.Actual, notAvailable);
        yield return Share(row, "oee.quality", totals.Good, totals.Produced, notAvailable);
    }

    private static IndicatorRow Share(IndicatorRow row, string id, BigInteger numerator, BigInteger denominator, ResultReason? notAvailable) => Figure.Judge(
        row with
        {
            Indicator = id,
            Value = denominator.IsZero ? null : ExactRatio.ToDouble(numerator, denominator),
            Numerator = new ExactNumber(HalfEven.Divide(numerator, (BigInteger)SecondsAnHour), Scale),
            Denominator = new ExactNumber(HalfEven.Divide(denominator, (BigInteger)SecondsAnHour), Scale),
        },
        notAvailable ?? (denominator.IsZero ? ResultReason.ZeroDenominator : null),
        suppressed: null);
}
