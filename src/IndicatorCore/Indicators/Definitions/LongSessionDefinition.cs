using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Long sessions a device, <c>conn</c> (indicator-definitions 6).</summary>
internal sealed class LongSessionDefinition : SessionDefinition
{
    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "conn",
        ChineseName = "长连接",
        EnglishName = "Long connections",
        Formula = "distinct sessions longer than 1 h that are active in W / distinct devices with a session in W; a session's rows make one span, from its first start to its last end",
        Unit = "1",
        Needs = SessionNeeds,
        State = "the span of every session by scope and device",
        Weights = "sessions and distinct devices, by union",
        PublicationRule = Rule,
        Sources = ["indicator-definitions 6"],
    };

    protected override IEnumerable<IndicatorRow> Rows(ReportContext report, GroupLevel level, int group, ReportWindow window, SessionTotals totals)
    {
        yield return Figure.Judge(
            NewRow(report, level, group, window, totals.Flags, totals.ToEvidence()) with
            {
                Value = totals.Devices == 0 ? null : ExactRatio.ToDouble(totals.Long, totals.Devices),
                Numerator = totals.Long,
                Denominator = totals.Devices,
            },
            Unanswerable(level, totals) ?? (totals.Devices == 0 ? ResultReason.ZeroDenominator : null),
            suppressed: null);
    }
}
