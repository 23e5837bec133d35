using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Packets within their deadline, <c>reliability</c> (indicator-definitions 6).</summary>
internal sealed class ReliabilityDefinition : GroupedDefinition<ReliabilityTotals>
{
    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "reliability",
        ChineseName = "可靠性",
        EnglishName = "Reliability",
        Formula = "packets received within their deadline (inclusive) / packets sent; without those sent later than the window's end less their deadline",
        Unit = "ratio",
        Needs =
        [
            new() { Source = "probe", Required = ["event_ts", "latency_ms", "deadline_ms"], Optional = ["lost", "device", "line", "factory"] },
        ],
        State = "counts by (scope, local day, pane until which packets are in flight) of packets sent and in time",
        Weights = "packets",
        PublicationRule = "none; low and high: Wilson's interval at 95 %; packets without a deadline are not judged",
        Sources = ["indicator-definitions 1.7, 6", "3GPP TS 22.261 (reliability)"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Probe | TableNeeds.Deadline;

    /// <inheritdoc/>
    public override string Table => "probe";

    protected override WindowPlan Plan(ReportContext report) => report.Once(typeof(ProbeTotals), () => ProbeTotals.Plan(report));

    protected override GroupedTotals<ReliabilityTotals> Collect(ReportContext report, GroupLevel level, WindowPlan plan)
    {
        var probes = report.Once((typeof(ProbeTotals), level), () => ProbeTotals.Collect(report, level, plan));
        var totals = new GroupedTotals<ReliabilityTotals>();
        foreach (var group in probes.Groups)
        {
            for (var i = 0; i < plan.Windows.Count; i++)
            {
                totals[group, i].Probes = probes.Find(group, i);
            }
        }

        Add(report, level, plan, report.State.Deadlines, skews: null, totals);
        if (report.State.OneWayDeadlines.Count > 0)
        {
            Add(report, level, plan, report.State.OneWayDeadlines, ClockSkews.OfProbes(report, plan), totals);
        }

        return totals;
    }

    // leaves name the device where clocks are judged
    private static void Add(
        ReportContext report, GroupLevel level, WindowPlan plan, SlotStore<DeadlineKey, DeadlineCell> packets, ClockSkews? skews, GroupedTotals<ReliabilityTotals> totals)
    {
        for (var slot = 0; slot < packets.Count; slot++)
        {
            var key = packets.Keys[slot];
            var window = plan.Of(key.Place.Pane);
            if (window < 0 || key.Until >= plan.Windows[window].End || skews?.Has(window, key.Place.Leaf.Device) == true)
            {
                continue;   // still in flight at the end: neither in time nor late
            }

            var leaf = report.Engine.ByDevice ? key.Place.Leaf : key.Place.Leaf with { Device = -1 };
            foreach (var group in level.GroupsOf(leaf, report.Spans.DayOf(key.Place.Pane)))
            {
                totals[group, window].Sent += packets.Cells[slot].Sent;
                totals[group, window].InTime += packets.Cells[slot].InTime;
            }
        }
    }

    protected override IEnumerable<IndicatorRow> Rows(ReportContext report, GroupLevel level, int group, ReportWindow window, ReliabilityTotals totals)
    {
        ResultReason? notAvailable = !report.HasAny(Lane.Deadline) ? ResultReason.MissingColumn
            : level.Has("product") ? ResultReason.GroupNotApplicable
            : !totals.Probes.Rows.Any ? ResultReason.NoData
            : totals.Sent == 0 ? ResultReason.ZeroDenominator
            : null;
        (double Low, double High)? interval = totals.Sent == 0 ? null : WilsonInterval.Of(totals.InTime, totals.Sent);
        var row = NewRow(
            report, level, group, window, totals.Probes.Flags, totals.Probes.ToEvidence(isBucketed: false));
        yield return Figure.Judge(
            row with
            {
                Value = totals.Sent == 0 ? null : ExactRatio.ToDouble(totals.InTime, totals.Sent),
                Numerator = totals.InTime,
                Denominator = totals.Sent,
                Low = interval?.Low,
                High = interval?.High,
            },
            notAvailable,
            suppressed: null);
    }
}
