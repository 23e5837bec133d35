using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Packet loss from sequence numbers, <c>loss</c> (indicator-definitions 6).</summary>
internal sealed class LossDefinition : GroupedDefinition<LossTotals>
{
    private const string Duplicates = "loss.duplicates";
    private const string Reordered = "loss.reordered";

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "loss",
        ChineseName = "丢包率",
        EnglishName = "Packet loss",
        Direction = IndicatorDirection.LowerIsBetter,
        Formula = "(expected − received) / expected by flow and device in the order of time; expected = max − min + 1 a session, received = distinct numbers; "
            + "numbers of an unsigned column of 8, 16 or 32 bits are unwrapped modulo 2^b by the nearest difference to the highest; a step back by more than "
            + "100 or a jump by more than 2^(b−1) (2^31 where no width is known) opens a session; a number counts in the window where it was due",
        Unit = "ratio",
        Needs =
        [
            new() { Source = "probe", Required = ["event_ts", "latency_ms", "seq"], Optional = ["flow", "lost", "device", "line", "factory"] },
        ],
        State = "the set of (time, number, received) by scope, flow and device, of all scopes of a device folded as one: a row that is repeated exactly counts once",
        Weights = "packets",
        PublicationRule = "none; duplicates and reordered packets are counted apart",
        Parts = [Duplicates, Reordered],
        Sources = ["indicator-definitions 1.8, 6", "RFC 3550, A.1 (MAX_MISORDER) and A.3"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Probe | TableNeeds.Sequence;

    /// <inheritdoc/>
    public override string Table => "probe";

    protected override WindowPlan Plan(ReportContext report) => report.Once(typeof(ProbeTotals), () => ProbeTotals.Plan(report));

    protected override GroupedTotals<LossTotals> Collect(ReportContext report, GroupLevel level, WindowPlan plan)
    {
        var probes = report.Once((typeof(ProbeTotals), level), () => ProbeTotals.Collect(report, level, plan));
        var totals = new GroupedTotals<LossTotals>();
        foreach (var group in probes.Groups)
        {
            for (var i = 0; i < plan.Windows.Count; i++)
            {
                totals[group, i].Probes = probes.Find(group, i);
            }
        }

        // a device's flow is one sequence wherever the device stood: what a packet tells counts where that packet does
        foreach (var flow in report.State.Points.ByDevice(PointKind.Packet, apart: true)
            .SelectMany(static device => device.Sets.GroupBy(static set => set.Key with { Leaf = Leaf.None })))
        {
            var walk = new PointWalk(report, flow.Select(static set => (set.Key.Leaf, set.Points)));
            Leaf[] leaves = [.. walk.Leaves];
            var windows = plan.Windows.Count;
            var counts = SequenceFold.Fold(
                walk.InOrder(), time => plan.At(time) is >= 0 and var window ? (walk.At * windows) + window : -1, leaves.Length * windows);
            for (var i = 0; i < counts.Length; i++)
            {
                if (counts[i].Expected == 0 && counts[i].Duplicates == 0 && counts[i].Received == 0)
                {
                    continue;
                }

                foreach (var group in level.GroupsOf(leaves[i / windows], report.LastDay(plan.Windows[i % windows])))
                {
                    totals[group, i % windows].Add(counts[i]);
                }
            }
        }

        return totals;
    }

    protected override IEnumerable<IndicatorRow> Rows(ReportContext report, GroupLevel level, int group, ReportWindow window, LossTotals totals)
    {
        var packets = totals.Packets;
        ResultReason? notAvailable = !report.HasAny(Lane.Sequence) ? ResultReason.MissingColumn
            : level.Has("product") ? ResultReason.GroupNotApplicable
            : !totals.Probes.Rows.Any ? ResultReason.NoData
            : null;
        var row = NewRow(
            report, level, group, window, totals.Probes.Rows.HasConflicts ? ResultFlags.Conflict : ResultFlags.None, totals.Probes.ToEvidence(isBucketed: false));
        yield return Figure.Judge(
            row with
            {
                Value = packets.Expected == 0 ? null : ExactRatio.ToDouble(packets.Lost, packets.Expected),
                Numerator = packets.Lost,
                Denominator = packets.Expected,
            },
            notAvailable ?? (packets.Expected == 0 ? ResultReason.ZeroDenominator : null),
            suppressed: null);
        yield return Figure.Judge(Count(row, Duplicates, packets.Duplicates), notAvailable, suppressed: null);
        yield return Figure.Judge(Count(row, Reordered, packets.Reordered), notAvailable, suppressed: null);
    }

    private static IndicatorRow Count(IndicatorRow row, string indicator, long count) =>
        row with { Indicator = indicator, Unit = "1", Value = count, Numerator = count };
}
