using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>A figure of sessions (indicator-definitions 6): of one state, with one publication rule.</summary>
internal abstract class SessionDefinition : GroupedDefinition<SessionTotals>
{
    /// <summary>The tables and columns needed.</summary>
    protected static IReadOnlyList<IndicatorNeed> SessionNeeds { get; } =
    [
        new() { Source = "session", Required = ["start_ts", "end_ts", "device"], Optional = ["session", "line", "factory"] },
    ];

    /// <summary>The publication rule.</summary>
    protected const string Rule = "none; a session without an end is missing, one that ends before it starts is invalid";

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Session;

    /// <inheritdoc/>
    public override string Table => SessionTotals.TableName;

    protected override WindowPlan Plan(ReportContext report) => report.Once(typeof(SessionTotals), () => ArrivalTotals.Plan(report, Table));

    protected override GroupedTotals<SessionTotals> Collect(ReportContext report, GroupLevel level, WindowPlan plan) =>
        report.Once((typeof(SessionTotals), level), () => SessionTotals.Of(report, level, plan));

    /// <summary>Why a group has no figure at all.</summary>
    protected static ResultReason? Unanswerable(GroupLevel level, SessionTotals totals) => level.Has("product") ? ResultReason.GroupNotApplicable
        : !totals.Rows.Any && totals.Devices == 0 ? ResultReason.NoData
        : null;
}
