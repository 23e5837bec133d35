using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>A mean time of failures, <c>mtbf</c> or <c>mttr</c>, as a ratio of sums (indicator-definitions 7).</summary>
internal sealed class StopDefinition : IndicatorDefinition
{
    private const int Scale = 12;
    private const int NanoToPico = 1_000;
    private const int SecondsAnHour = 3_600;

    private readonly Func<StopTotals, BigInteger> _time;

    private StopDefinition(string id, string chinese, string english, string formula, Func<StopTotals, BigInteger> time)
    {
        _time = time;
        Description = new()
        {
            Id = id,
            ChineseName = chinese,
            EnglishName = english,
            Direction = id == "mttr" ? IndicatorDirection.LowerIsBetter : IndicatorDirection.HigherIsBetter,
            Formula = formula,
            Unit = "h",
            Needs = [new() { Source = "downtime", Required = ["start_ts", "end_ts", "line"], Optional = ["kind"] }],
            State = "the set of stops (start, end, failure or not) by line and local day, folded in time order; the same stop told twice counts once",
            Weights = "hours and failures: sums of numerators and denominators",
            PublicationRule = "always; a stop without end or kind is missing, one of a kind outside the list invalid; without the column kind every stop is a failure",
            Sources = ["indicator-definitions 1.8, 7"],
        };
    }

    /// <summary>Mean time between failures, <c>mtbf</c>.</summary>
    public static StopDefinition BetweenFailures { get; } = new(
        "mtbf",
        "平均故障间隔时间",
        "Mean time between failures",
        "up time / failures; up time: time of lines in service (by the registry, if any; of that planned operation, where its calendar has any for the line) less the union of all their stops, failures: stops of kind failure that begin in the window",
        static totals => totals.Up);

    /// <summary>Mean time to repair, <c>mttr</c>.</summary>
    public static StopDefinition ToRepair { get; } = new(
        "mttr",
        "平均修复时间",
        "Mean time to repair",
        "down time / repairs: the whole time of the stops of kind failure that begin in the window, by their number",
        static totals => totals.Down);

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; }

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Downtime;

    /// <inheritdoc/>
    public override string Table => "downtime";

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        // the two share their totals
        var plan = report.Once((typeof(StopTotals), typeof(WindowPlan)), () => LineStops.Plan(report));
        foreach (var level in report.Levels)
        {
            var totals = report.Once((typeof(StopTotals), level), () => LineStops.Of(report).Collect(level, plan));
            foreach (var group in totals.Groups)
            {
                for (var i = 0; i < plan.Windows.Count; i++)
                {
                    yield return Row(report, level, group, plan.Windows[i], totals.Find(group, i));
                }
            }
        }
    }

    private IndicatorRow Row(ReportContext report, GroupLevel level, int group, ReportWindow window, StopTotals totals)
    {
        ResultReason? notAvailable = !report.HasAny(Lane.DowntimeEnd) ? ResultReason.MissingColumn
            : level.Has("device") || level.Has("product") ? ResultReason.GroupNotApplicable
            : totals.Failures == 0 ? ResultReason.ZeroDenominator
            : null;
        var picoseconds = _time(totals) * NanoToPico;
        var row = new IndicatorRow
        {
            Indicator = Description.Id,
            Definition = Description.Definition,
            Group = level.Group(group),
            WindowStart = window.Start,
            WindowEnd = window.End,
            Value = totals.Failures == 0 ? null : ExactRatio.ToDouble(picoseconds, BigInteger.Pow(10, Scale) * SecondsAnHour * totals.Failures),
            Unit = Description.Unit,
            Numerator = new ExactNumber(HalfEven.Divide(picoseconds, (BigInteger)SecondsAnHour), Scale),
            Denominator = totals.Failures,
            Flags = window.Flags | report.SkipFlag(Description) | (totals.Rows.HasConflicts ? ResultFlags.Conflict : ResultFlags.None),
            Evidence = totals.ToEvidence(),
        };
        return Figure.Judge(row, notAvailable, suppressed: null);
    }
}
