using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>The most sessions at once, <c>concurrency</c> (indicator-definitions 6).</summary>
internal sealed class ConcurrencyDefinition : GroupedDefinition<SessionTotals>
{
    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "concurrency",
        ChineseName = "并发数",
        EnglishName = "Concurrent sessions",
        Formula = "max over instants of W of |{sessions: start ≤ t < end}|",
        Unit = "1",
        Needs =
        [
            new() { Source = "session", Required = ["start_ts", "end_ts", "device"], Optional = ["session", "line", "factory"] },
        ],
        State = "as conn",
        Weights = "the sessions of the group together; never the sum or the greatest of maxima",
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
        var most = totals.Most;
        ResultReason? notAvailable = level.Has("product") ? ResultReason.GroupNotApplicable
            : !totals.Rows.Any && totals.Devices == 0 ? ResultReason.NoData
            : null;
        yield return Figure.Judge(
            NewRow(report, level, group, window, totals.Flags, totals.ToEvidence()) with { Value = most, Numerator = most }, notAvailable, suppressed: null);
    }
}
