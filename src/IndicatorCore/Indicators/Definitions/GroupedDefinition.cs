using System.Numerics;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>A definition whose rows are made group by group and window by window of totals.</summary>
internal abstract class GroupedDefinition<T> : IndicatorDefinition
    where T : class, new()
{
    private const int NanosecondPlaces = 9;

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        var plan = Plan(report);
        foreach (var level in report.Levels)
        {
            var totals = Collect(report, level, plan);
            foreach (var group in totals.Groups)
            {
                for (var i = 0; i < plan.Windows.Count; i++)
                {
                    foreach (var row in Rows(report, level, group, plan.Windows[i], totals.Find(group, i)))
                    {
                        yield return row;
                    }
                }
            }
        }
    }

    /// <summary>The windows.</summary>
    protected abstract WindowPlan Plan(ReportContext report);

    /// <summary>The totals of a level's groups.</summary>
    protected abstract GroupedTotals<T> Collect(ReportContext report, GroupLevel level, WindowPlan plan);

    /// <summary>The rows of a group and window.</summary>
    protected abstract IEnumerable<IndicatorRow> Rows(ReportContext report, GroupLevel level, int group, ReportWindow window, T totals);

    /// <summary>A row without figures.</summary>
    protected IndicatorRow NewRow(ReportContext report, GroupLevel level, int group, ReportWindow window, ResultFlags flags, Evidence evidence) => new()
    {
        Indicator = Description.Id,
        Definition = Description.Definition,
        Group = level.Group(group),
        WindowStart = window.Start,
        WindowEnd = window.End,
        Unit = Description.Unit,
        Flags = window.Flags | report.SkipFlag(Description) | flags,
        Evidence = evidence,
    };

    /// <summary>Nanoseconds as seconds.</summary>
    protected static ExactNumber Seconds(BigInteger nanoseconds) => new(nanoseconds, NanosecondPlaces);
}
