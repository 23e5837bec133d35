using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>A share of output: a ratio of sums of quantities of one unit (indicator-definitions 7).</summary>
internal abstract class YieldDefinition : IndicatorDefinition
{
    private const int Scale = 6;

    /// <inheritdoc/>
    public override string Table => "production";

    /// <summary>The sums that it is made of.</summary>
    protected abstract RatioKind Kind { get; }

    /// <summary>The columns that some input must have.</summary>
    protected abstract Lane[] Lanes { get; }

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        var plan = RatioTotals.Plan(report, Kind);
        foreach (var level in report.Levels)
        {
            var totals = RatioTotals.Collect(report, level, plan, Kind, Table);
            foreach (var group in totals.Groups)
            {
                for (var i = 0; i < plan.Windows.Count; i++)
                {
                    yield return Row(report, level, group, plan.Windows[i], totals.Find(group, i));
                }
            }
        }
    }

    /// <summary>The numerator at 10⁻⁶.</summary>
    protected abstract BigInteger Numerator(RatioTotals totals);

    private IndicatorRow Row(ReportContext report, GroupLevel level, int group, ReportWindow window, RatioTotals totals)
    {
        ResultReason? notAvailable = !Array.TrueForAll(Lanes, lane => report.HasAny(lane)) ? ResultReason.MissingColumn
            : level.Has("device") ? ResultReason.GroupNotApplicable
            : !totals.HasCommonUnit ? ResultReason.NoCommonUnit
            : !totals.Rows.Any ? ResultReason.NoData
            : totals.Denominator.IsZero ? ResultReason.ZeroDenominator
            : null;
        var row = new IndicatorRow
        {
            Indicator = Description.Id,
            Definition = Description.Definition,
            Group = level.Group(group),
            WindowStart = window.Start,
            WindowEnd = window.End,
            Value = totals.Denominator.IsZero ? null : ExactRatio.ToDouble(Numerator(totals), totals.Denominator),
            Unit = Description.Unit,
            Numerator = new ExactNumber(Numerator(totals), Scale),
            Denominator = new ExactNumber(totals.Denominator, Scale),
            Flags = window.Flags | report.SkipFlag(Description) | (totals.Rows.HasConflicts ? ResultFlags.Conflict : ResultFlags.None),
            Evidence = totals.Rows.ToEvidence(totals.Valid, totals.Missing, totals.Invalid, unserved: 0),
        };
        return Figure.Judge(row, notAvailable, suppressed: null);
    }
}
