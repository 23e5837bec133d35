using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Design capacity, passed through, <c>capacity</c> (indicator-definitions 6).</summary>
internal sealed class CapacityDefinition : GroupedDefinition<CapacityTotals>
{
    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "capacity",
        ChineseName = "容量",
        EnglishName = "Capacity",
        Formula = "Σ over objects with a reading in W of link_capacity_bps, the greatest of each; a design value that is passed through, not measured",
        Unit = "bit/s",
        Needs =
        [
            new() { Source = "counter", Required = ["event_ts", "object", "bytes", "link_capacity_bps"], Optional = ["line", "factory"] },
        ],
        State = "as thr",
        Weights = "distinct objects, by union",
        PublicationRule = "not where no reading says its link's capacity (NO_DATA)",
        Sources = ["indicator-definitions 6"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Counter;

    /// <inheritdoc/>
    public override string Table => "counter";

    protected override WindowPlan Plan(ReportContext report) => ArrivalTotals.Plan(report, Table);

    protected override GroupedTotals<CapacityTotals> Collect(ReportContext report, GroupLevel level, WindowPlan plan)
    {
        var totals = ArrivalTotals.Collect<CapacityTotals>(report, level, plan, Table);
        foreach (var (key, readings) in report.State.Points.Of(PointKind.Counter))
        {
            var capacities = new long[plan.Windows.Count];
            foreach (var reading in readings.InOrder())
            {
                if (plan.At(reading.Time) is >= 0 and var window)
                {
                    capacities[window] = Math.Max(capacities[window], reading.C);
                }
            }

            for (var i = 0; i < capacities.Length; i++)
            {
                foreach (var group in capacities[i] > 0 ? level.GroupsOf(key.Leaf, report.LastDay(plan.Windows[i])) : [])
                {
                    totals[group, i].Add(key.Stream, capacities[i]);
                }
            }
        }

        return totals;
    }

    protected override IEnumerable<IndicatorRow> Rows(ReportContext report, GroupLevel level, int group, ReportWindow window, CapacityTotals totals)
    {
        ResultReason? notAvailable = !report.HasAny(Lane.Capacity) ? ResultReason.MissingColumn
            : level.Has("product") ? ResultReason.GroupNotApplicable
            : totals.Links == 0 ? ResultReason.NoData
            : null;
        yield return Figure.Judge(
            NewRow(report, level, group, window, totals.Flags, totals.ToEvidence()) with
            {
                Value = ExactRatio.ToDouble((BigInteger)totals.Sum, BigInteger.One),
                Numerator = new ExactNumber((BigInteger)totals.Sum),
            },
            notAvailable,
            suppressed: null);
    }
}
