using System.Numerics;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Covered share of device time, <c>cov_time</c> (indicator-definitions 3.3).</summary>
internal sealed class CoverageTimeDefinition : GroupedDefinition<CoverageTimeTotals>
{
    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "cov_time",
        ChineseName = "5G网络覆盖率（按时间）",
        EnglishName = "5G coverage by time",
        Formula = "Σ covered / Σ required time of devices; a usable sample holds until the device's next one, at most 2 · nominal_period of its source; required: "
            + "planned operation in W by the registry's calendar (of the device, else of its line), without one in-service time, without a registry all of W; of devices with samples; a device counts where its last sample before the window's end is",
        Unit = "ratio",
        Needs =
        [
            new() { Source = "radio", Required = ["event_ts", "rsrp_dbm", "sinr_db", "device"], Optional = ["cell", "rat", "line", "factory"] },
        ],
        State = "the set of (time, hold, covered) by scope and device, kept where the source declares nominal_period",
        Weights = "required time of devices; never the mean of rates",
        PublicationRule = "at least 300 usable samples; one device on one day warns; no row where no source declares a period",
        Sources = ["indicator-definitions 1.8, 3.3"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Radio | TableNeeds.RadioTime;

    /// <inheritdoc/>
    public override string Table => "radio";

    protected override WindowPlan Plan(ReportContext report) => RadioTotals.Plan(report);

    // every device once, for all levels
    protected override GroupedTotals<CoverageTimeTotals> Collect(ReportContext report, GroupLevel level, WindowPlan plan) =>
        report.Once(typeof(CoverageTimeTotals), () => CollectAll(report, plan))[level];

    protected override IEnumerable<IndicatorRow> Rows(ReportContext report, GroupLevel level, int group, ReportWindow window, CoverageTimeTotals totals)
    {
        ResultReason? notAvailable = level.Has("product") ? ResultReason.GroupNotApplicable
            : totals.Required == 0 ? ResultReason.ZeroDenominator
            : null;
        yield return Figure.Judge(
            NewRow(report, level, group, window, totals.Samples.Flags, totals.Samples.ToEvidence(report)) with
            {
                Value = totals.Required == 0 ? null : ExactRatio.ToDouble((BigInteger)totals.Covered, (BigInteger)totals.Required),
                Numerator = Seconds((BigInteger)totals.Covered),
                Denominator = Seconds((BigInteger)totals.Required),
            },
            notAvailable,
            totals.Samples.Counts.Usable < report.Profile.MinimumCoverageSamples ? ResultReason.TooFewSamples : null);
    }

    private static Dictionary<GroupLevel, GroupedTotals<CoverageTimeTotals>> CollectAll(ReportContext report, WindowPlan plan)
    {
        var totals = report.Levels.ToDictionary(static level => level, static _ => new GroupedTotals<CoverageTimeTotals>());
        var hasAny = false;
        foreach (var timeline in DeviceTimeline.Of(report, PointKind.Sample, HoldFold.Covered))
        {
            hasAny = true;
            for (var i = 0; i < plan.Windows.Count; i++)
            {
                var window = plan.Windows[i];
                if (timeline.LeafAt(window.End) is not { } leaf || (timeline.Required(window) is var required && required == 0))
                {
                    continue;
                }

                foreach (var level in report.Levels)
                {
                    foreach (var group in level.GroupsOf(leaf, report.LastDay(window)))
                    {
                        totals[level][group, i].Covered += timeline.UpTime(window);
                        totals[level][group, i].Required += required;
                    }
                }
            }
        }

        foreach (var level in hasAny ? report.Levels : [])
        {
            var samples = RadioTotals.Collect(report, level, plan);
            foreach (var group in samples.Groups)
            {
                for (var i = 0; i < plan.Windows.Count; i++)
                {
                    totals[level][group, i].Samples = samples.Find(group, i);
                }
            }
        }

        return totals;
    }
}
