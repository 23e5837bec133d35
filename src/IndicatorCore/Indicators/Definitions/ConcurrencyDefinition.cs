using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>The most sessions at once, <c>concurrency</c> (indicator-definitions 6).</summary>
internal sealed class ConcurrencyDefinition : SessionDefinition
{
    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "concurrency",
        ChineseName = "并发数",
        EnglishName = "Concurrent sessions",
        Formula = "max over instants of W of |{sessions: start ≤ t < end}|",
        Unit = "1",
        Needs = SessionNeeds,
        State = "as conn",
        Weights = "the sessions of the group together; never the sum or the greatest of maxima",
        PublicationRule = Rule,
        Sources = ["indicator-definitions 6"],
    };

    protected override IEnumerable<IndicatorRow> Rows(ReportContext report, GroupLevel level, int group, ReportWindow window, SessionTotals totals)
    {
        var most = totals.Most;
        yield return Figure.Judge(
            NewRow(report, level, group, window, totals.Flags, totals.ToEvidence()) with { Value = most, Numerator = most }, Unanswerable(level, totals), suppressed: null);
    }
}
