using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>The spread of latency over sent packets, <c>jitter</c>, and over received ones, <c>jitter_rx</c> (indicator-definitions 6).</summary>
internal sealed class JitterDefinition : GroupedDefinition<ProbeTotals>
{
    private const int Scale = 1_000_000;
    private const string Received = "jitter_rx";

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "jitter",
        ChineseName = "时延抖动",
        EnglishName = "Jitter",
        Direction = IndicatorDirection.LowerIsBetter,
        Formula = $"lat_p95 − lat_p50 over the packets sent, lost ones as +∞; {Received}: over the packets received",
        Unit = "ms",
        Needs =
        [
            new() { Source = "probe", Required = ["event_ts", "latency_ms"], Optional = ["lost", "device", "line", "factory"] },
        ],
        State = "as lat_p95",
        Weights = "packets; of the union of all values, never the mean of quantiles",
        PublicationRule = "not where the 95th percentile falls on a lost packet (LOSS_EXCEEDS_TAIL); NaN and invalid latencies are neither sent nor received",
        Parts = [Received],
        Sources = ["indicator-definitions 1.6, 6"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Probe;

    /// <inheritdoc/>
    public override string Table => "probe";

    protected override WindowPlan Plan(ReportContext report) => report.Once(typeof(ProbeTotals), () => ProbeTotals.Plan(report));

    protected override GroupedTotals<ProbeTotals> Collect(ReportContext report, GroupLevel level, WindowPlan plan) =>
        report.Once((typeof(ProbeTotals), level), () => ProbeTotals.Collect(report, level, plan));

    protected override IEnumerable<IndicatorRow> Rows(ReportContext report, GroupLevel level, int group, ReportWindow window, ProbeTotals totals)
    {
        var tail = totals.Sent == 0 ? 0 : QuantileTotals.Rank(95, totals.Sent);
        var isLost = tail > totals.Received;
        long[] received = totals.Received == 0 ? [] : [QuantileTotals.Rank(50, totals.Received), QuantileTotals.Rank(95, totals.Received)];
        long[] sent = totals.Sent == 0 || isLost ? [] : [QuantileTotals.Rank(50, totals.Sent), tail];
        var answer = totals.Received == 0 ? default : totals.Latencies.Select(report.State.Values.NewSample, [.. received, .. sent]);
        ResultReason? notAvailable = !report.HasAny(Lane.Latency) ? ResultReason.MissingColumn
            : level.Has("product") ? ResultReason.GroupNotApplicable
            : null;
        var row = NewRow(
            report, level, group, window, totals.Flags, totals.ToEvidence(answer.IsBucketed));
        yield return Figure.Judge(
            row with { Value = sent.Length == 0 ? null : Spread(answer.Values[2], answer.Values[3]) },
            notAvailable ?? (totals.Sent == 0 ? ResultReason.NoData : isLost ? ResultReason.LossExceedsTail : null),
            suppressed: null);
        yield return Figure.Judge(
            row with { Indicator = Received, Value = received.Length == 0 ? null : Spread(answer.Values[0], answer.Values[1]) },
            notAvailable ?? (totals.Received == 0 ? ResultReason.NoData : null),
            suppressed: null);
    }

    private static double Spread(long median, long tail) => ExactRatio.ToDouble(tail - median, (BigInteger)Scale);
}
