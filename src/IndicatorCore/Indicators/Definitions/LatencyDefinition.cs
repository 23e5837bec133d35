using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>A quantile of latency over sent packets, <c>lat_pXX</c>, and over received ones, <c>lat_pXX_rx</c> (indicator-definitions 6).</summary>
internal sealed class LatencyDefinition : IndicatorDefinition
{
    private const int Scale = 1_000_000;

    private readonly int _percent;
    private readonly string _received;

    /// <summary>The definition of a percentile.</summary>
    /// <param name="percent">From 1 to 99.</param>
    public LatencyDefinition(int percent)
    {
        _percent = percent;
        _received = $"lat_p{percent}_rx";
        Description = new()
        {
            Id = $"lat_p{percent}",
            ChineseName = $"时延（第{percent}百分位）",
            EnglishName = $"Latency, {percent}th percentile",
            Direction = IndicatorDirection.LowerIsBetter,
            Formula = $"the value of rank ⌈{percent} · n / 100⌉ among the n packets sent, lost ones as +∞; {_received}: among the packets received",
            Unit = "ms",
            Needs =
            [
                new() { Source = "probe", Required = ["event_ts", "latency_ms"], Optional = ["lost", "device", "line", "factory"] },
            ],
            State = "values by (scope, local day) at 10⁻⁶ ms, or log-linear buckets above 65,536 distinct ones in a group and window (evidence alpha = 1/256); counts of lost, missing, invalid",
            Weights = "packets; the union of all values, never the mean of quantiles",
            PublicationRule = "not where the rank falls on a lost packet (LOSS_EXCEEDS_TAIL); NaN and invalid latencies are neither sent nor received",
            Parts = [_received],
            Sources = ["indicator-definitions 1.4, 1.6, 6"],
        };
    }

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; }

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Probe;

    /// <inheritdoc/>
    public override string Table => "probe";

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        // the quantiles share their totals
        var plan = report.Once(typeof(ProbeTotals), () => ProbeTotals.Plan(report));
        foreach (var level in report.Levels)
        {
            var totals = report.Once((typeof(ProbeTotals), level), () => ProbeTotals.Collect(report, level, plan));
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

    /// <inheritdoc/>
    public override bool PartsAreJudgedAlone => true;

    /// <inheritdoc/>
    protected override BigInteger WeightOf(IndicatorRow row) => (row.Evidence?.Valid ?? 0)
        + (row.Indicator == _received ? 0 : row.Evidence?.Additional.FirstOrDefault(static pair => pair.Key == "n_lost").Value.Count ?? 0);

    private IndicatorRow[] Rows(ReportContext report, GroupLevel level, int group, ReportWindow window, ProbeTotals totals)
    {
        var ofSent = totals.Sent == 0 ? 0 : QuantileTotals.Rank(_percent, totals.Sent);
        var ofReceived = totals.Received == 0 ? 0 : QuantileTotals.Rank(_percent, totals.Received);
        var isLost = ofSent > totals.Received;
        var answer = totals.Received == 0
            ? default
            : totals.Latencies.Select(report.State.Values.NewSample, isLost ? [ofReceived] : [ofReceived, ofSent]);
        ResultReason? notAvailable = !report.HasAny(Lane.Latency) ? ResultReason.MissingColumn
            : level.Has("product") ? ResultReason.GroupNotApplicable
            : null;
        var row = new IndicatorRow
        {
            Indicator = Description.Id,
            Definition = Description.Definition,
            Group = level.Group(group),
            WindowStart = window.Start,
            WindowEnd = window.End,
            Unit = Description.Unit,
            Flags = window.Flags | report.SkipFlag(Description) | totals.Flags,
            Evidence = totals.ToEvidence(answer.IsBucketed),
        };
        return
        [
            Figure.Judge(
                row with { Value = isLost || totals.Sent == 0 ? null : Milliseconds(answer.Values[1]) },
                notAvailable ?? (totals.Sent == 0 ? ResultReason.NoData : isLost ? ResultReason.LossExceedsTail : null),
                suppressed: null),
            Figure.Judge(
                row with { Indicator = _received, Value = totals.Received == 0 ? null : Milliseconds(answer.Values[0]) },
                notAvailable ?? (totals.Received == 0 ? ResultReason.NoData : null),
                suppressed: null),
        ];
    }

    private static double Milliseconds(long value) => ExactRatio.ToDouble(value, (BigInteger)Scale);
}
