using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>The mean power of served samples, <c>rsrp_mean</c> (indicator-definitions 3.5): a mean of milliwatts, never of decibels.</summary>
internal sealed class RadioPowerDefinition : GroupedDefinition<RadioValueTotals>
{
    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "rsrp_mean",
        ChineseName = "SS-RSRP（平均功率）",
        EnglishName = "SS-RSRP, mean power",
        Formula = "10 · log₁₀((Σ 10^(RSRP/10)) / n) over the n served NR samples with a valid rsrp_dbm, each taken at 0.1 dB",
        Unit = "dBm",
        Needs =
        [
            new() { Source = "radio", Required = ["event_ts", "rsrp_dbm", "sinr_db"], Optional = ["cell", "rat", "device", "line", "factory"] },
        ],
        State = "as rsrp_p50; above 65,536 distinct values in a group and window the middles of buckets (evidence alpha = 1/256 of the level in dB)",
        Weights = "samples; powers are added, levels never",
        PublicationRule = "not without a valid sample (NO_DATA)",
        Sources = ["indicator-definitions 1.4, 1.5, 3.5"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Radio | TableNeeds.RadioValues;

    /// <inheritdoc/>
    public override string Table => "radio";

    protected override WindowPlan Plan(ReportContext report) => RadioTotals.Plan(report);

    protected override GroupedTotals<RadioValueTotals> Collect(ReportContext report, GroupLevel level, WindowPlan plan) =>
        RadioValueTotals.Of(report, level, plan, ValueKind.Rsrp);

    protected override IEnumerable<IndicatorRow> Rows(ReportContext report, GroupLevel level, int group, ReportWindow window, RadioValueTotals totals)
    {
        ResultReason? notAvailable = level.Has("product") ? ResultReason.GroupNotApplicable
            : totals.Values.Count == 0 ? ResultReason.NoData
            : null;
        var (values, counts, isBucketed) = totals.Values.Distinct(report.State.Values.NewSample);
        var power = BigInteger.Zero;
        for (var i = 0; i < values.Length; i++)
        {
            // RSRP is kept negated
            power += counts[i] * Decibels.Power(Decibels.Tenths(-values[i]));
        }

        var row = NewRow(report, level, group, window, totals.Samples.Flags, totals.ToEvidence(report, isBucketed));
        yield return Figure.Judge(
            row with { Value = values.Length == 0 ? null : Decibels.Level(power, totals.Values.Count * BigInteger.Pow(10, Decibels.PowerScale)) },
            notAvailable,
            suppressed: null);
    }
}
