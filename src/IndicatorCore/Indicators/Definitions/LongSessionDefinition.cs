using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Long sessions a device, <c>conn</c> (indicator-definitions 6).</summary>
internal sealed class LongSessionDefinition : GroupedDefinition<SessionTotals>
{
    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "conn",
        ChineseName = "长连接",
        EnglishName = "Long connections",
        Formula = "distinct sessions longer than 1 h that are active in W / distinct devices with a session in W; a session's rows make one span, from its first start to its last end",
        Unit = "1",
        Needs =
        [
            new() { Source = "session", Required = ["start_ts", "end_ts", "device"], Optional = ["session", "line", "factory"] },
        ],
        State = "the span of every session by scope and device",
        Weights = "sessions and distinct devices, by union",
        PublicationRule = "none; a session without an end is missing, one that ends before it starts is invalid",
        Sources = ["indicator-definitions 6"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Session;

    /// <inheritdoc/>
    public override string Table => SessionTotals.TableName;

    protected override WindowPlan Plan(ReportContext report) => report.Once(typeof(SessionTotals), () => ArrivalTotals.Plan(report, Table));

    protected override GroupedTotals<SessionTotals> Collect(ReportContext report, GroupLevel level, WindowPlan plan) =>
        report.Once((typeof(SessionTotals), level), () => SessionTotals.Of(report, level, plan));

    protected override IEnumerable<IndicatorRow> Rows(ReportContext report, GroupLevel level, int group, ReportWindow window, SessionTotals totals)
    {
        ResultReason? notAvailable = level.Has("product") ? ResultReason.GroupNotApplicable
            : !totals.Rows.Any && totals.Devices == 0 ? ResultReason.NoData
            : totals.Devices == 0 ? ResultReason.ZeroDenominator
            : null;
        yield return Figure.Judge(
            NewRow(report, level, group, window, totals.Flags, totals.ToEvidence()) with
            {
                Value = totals.Devices == 0 ? null : ExactRatio.ToDouble(totals.Long, totals.Devices),
                Numerator = totals.Long,
                Denominator = totals.Devices,
            },
            notAvailable,
            suppressed: null);
    }
}
