using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>5G coverage by samples, <c>cov_sample</c> (indicator-definitions 3.2).</summary>
internal sealed class SampleCoverageDefinition : IndicatorDefinition
{
    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "cov_sample",
        ChineseName = "5G网络覆盖率（按采样点）",
        EnglishName = "5G coverage by samples",
        Formula = "n_cov / (n_valid + n_unserved); covered: NR, SS-RSRP ≥ T1 and SS-SINR ≥ T2",
        Unit = "ratio",
        Needs =
        [
            new() { Source = "radio", Required = ["event_ts", "rsrp_dbm", "sinr_db"], Optional = ["cell", "rat", "device", "line", "factory"] },
        ],
        State = "counts by (scope, local day) of valid, covered, unserved, missing, invalid samples",
        Weights = "samples; over-weights places where devices stand still",
        PublicationRule = "at least 300 usable samples; missing share above 5 % warns, above 20 % suppresses; one device on one day warns",
        Sources = ["indicator-definitions 3.2", "3GPP TS 38.133 (ranges)"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Radio;

    /// <inheritdoc/>
    public override string Table => "radio";

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        var plan = RadioTotals.Plan(report);
        foreach (var level in report.Levels)
        {
            var totals = RadioTotals.Collect(report, level, plan);
            foreach (var group in totals.Groups)
            {
                for (var i = 0; i < plan.Windows.Count; i++)
                {
                    yield return Row(report, level, group, plan.Windows[i], totals.Find(group, i));
                }
            }
        }
    }

    private IndicatorRow Row(ReportContext report, GroupLevel level, int group, ReportWindow window, RadioTotals totals)
    {
        var counts = totals.Counts;
        var flags = window.Flags | report.SkipFlag(Description) | totals.Flags;
        var profile = report.Profile;
        ResultReason? suppressed = counts.Usable < profile.MinimumCoverageSamples ? ResultReason.TooFewSamples : null;
        if (profile.ApplyMissingShare)
        {
            // judged on the exact ratio: missing / all > 5 % (20 %)
            flags |= 100 * (Int128)counts.Missing > 5 * (Int128)counts.All ? ResultFlags.MissingShareWarn : ResultFlags.None;
            suppressed ??= 100 * (Int128)counts.Missing > 20 * (Int128)counts.All ? ResultReason.MissingShareHigh : null;
        }

        var row = new IndicatorRow
        {
            Indicator = Description.Id,
            Definition = Description.Definition,
            Group = level.Group(group),
            WindowStart = window.Start,
            WindowEnd = window.End,
            Value = counts.Usable == 0 ? null : ExactRatio.ToDouble(counts.Covered, counts.Usable),
            Numerator = counts.Covered,
            Denominator = counts.Usable,
            Flags = flags,
            Evidence = totals.ToEvidence(report),
        };
        ResultReason? notAvailable = level.Has("product") ? ResultReason.GroupNotApplicable
            : !totals.Rows.Any ? ResultReason.NoData
            : counts.Usable == 0 ? ResultReason.ZeroDenominator
            : null;
        return Figure.Judge(row, notAvailable, suppressed);
    }
}
