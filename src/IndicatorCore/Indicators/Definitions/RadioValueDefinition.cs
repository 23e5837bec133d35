using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>A quantile of a radio measure over served samples, <c>rsrp_pXX</c> and <c>sinr_pXX</c> (indicator-definitions 3.5).</summary>
internal sealed class RadioValueDefinition : GroupedDefinition<RadioValueTotals>
{
    private const int Scale = 1_000_000;

    private readonly int _kind;
    private readonly int _percent;

    /// <summary>The definition of a percentile.</summary>
    /// <param name="kind">The measure: <see cref="ValueKind.Rsrp"/> or <see cref="ValueKind.Sinr"/>.</param>
    /// <param name="percent">From 1 to 99.</param>
    public RadioValueDefinition(int kind, int percent)
    {
        _kind = kind;
        _percent = percent;
        var (id, column) = kind == ValueKind.Rsrp ? ("rsrp", "rsrp_dbm") : ("sinr", "sinr_db");
        Description = new()
        {
            Id = $"{id}_p{percent}",
            ChineseName = $"SS-{id.ToUpperInvariant()}（第{percent}百分位）",
            EnglishName = $"SS-{id.ToUpperInvariant()}, {percent}th percentile",
            Formula = $"the value of rank ⌈{percent} · n / 100⌉ among the n served NR samples with a valid {column}; report indices stand for their lower edge",
            Unit = kind == ValueKind.Rsrp ? "dBm" : "dB",
            Needs =
            [
                new() { Source = "radio", Required = ["event_ts", "rsrp_dbm", "sinr_db"], Optional = ["cell", "rat", "device", "line", "factory"] },
            ],
            State = "values by (scope, local day) at 10⁻⁶, or log-linear buckets above 65,536 distinct ones in a group and window (evidence alpha = 1/256)",
            Weights = "samples; the union of all values, never the mean of quantiles or of decibels",
            PublicationRule = "not without a valid sample (NO_DATA)",
            Sources = ["indicator-definitions 1.4, 1.6, 3.5", "3GPP TS 38.133 (ranges, report indices)"],
        };
    }

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; }

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Radio | TableNeeds.RadioValues;

    /// <inheritdoc/>
    public override string Table => "radio";

    protected override WindowPlan Plan(ReportContext report) => RadioTotals.Plan(report);

    protected override GroupedTotals<RadioValueTotals> Collect(ReportContext report, GroupLevel level, WindowPlan plan) =>
        RadioValueTotals.Of(report, level, plan, _kind);

    protected override IEnumerable<IndicatorRow> Rows(ReportContext report, GroupLevel level, int group, ReportWindow window, RadioValueTotals totals)
    {
        var values = totals.Values;

        // RSRP is kept negated: what is the least there is the greatest here
        var rank = values.Count == 0 ? 0 : QuantileTotals.Rank(_percent, values.Count);
        var answer = values.Count == 0
            ? default
            : values.Select(report.State.Values.NewSample, _kind == ValueKind.Rsrp ? values.Count + 1 - rank : rank);
        ResultReason? notAvailable = level.Has("product") ? ResultReason.GroupNotApplicable
            : values.Count == 0 ? ResultReason.NoData
            : null;
        var row = NewRow(report, level, group, window, totals.Samples.Flags, totals.ToEvidence(report, answer.IsBucketed));
        yield return Figure.Judge(
            row with
            {
                Value = values.Count == 0 ? null : ExactRatio.ToDouble((BigInteger)(_kind == ValueKind.Rsrp ? -answer.Values[0] : answer.Values[0]), (BigInteger)Scale),
            },
            notAvailable,
            suppressed: null);
    }
}
