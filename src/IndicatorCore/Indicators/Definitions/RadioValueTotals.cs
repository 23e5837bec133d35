using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Radio samples of a group in a window with the values of one measure.</summary>
internal sealed class RadioValueTotals
{
    /// <summary>The samples.</summary>
    public RadioTotals Samples { get; set; } = new();

    /// <summary>The values of served ones.</summary>
    public QuantileTotals Values { get; } = new();

    /// <summary>The evidence block, with the error bound of buckets.</summary>
    public Evidence ToEvidence(ReportContext report, bool isBucketed)
    {
        var evidence = Samples.ToEvidence(report);
        return !isBucketed ? evidence : evidence with
        {
            Additional = [.. evidence.Additional, KeyValuePair.Create("alpha", new EvidenceValue { Number = LogLinearBuckets.Alpha })],
        };
    }

    /// <summary>The totals of a level's groups, collected once a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="level">The level.</param>
    /// <param name="plan">The windows.</param>
    /// <param name="kind">The measure (<see cref="ValueKind"/>).</param>
    public static GroupedTotals<RadioValueTotals> Of(ReportContext report, GroupLevel level, WindowPlan plan, int kind) =>
        report.Once((typeof(RadioValueTotals), level, kind), () => Collect(report, level, plan, kind));

    private static GroupedTotals<RadioValueTotals> Collect(ReportContext report, GroupLevel level, WindowPlan plan, int kind)
    {
        var totals = new GroupedTotals<RadioValueTotals>();
        var samples = RadioTotals.Collect(report, level, plan);
        foreach (var group in samples.Groups)
        {
            for (var i = 0; i < plan.Windows.Count; i++)
            {
                totals[group, i].Samples = samples.Find(group, i);
            }
        }

        var keys = report.State.Values.Keys;
        for (var slot = 0; slot < keys.Count; slot++)
        {
            var window = keys[slot].Kind == kind ? plan.Of(keys[slot].Place.Pane) : -1;
            if (window < 0)
            {
                continue;
            }

            foreach (var group in level.GroupsOf(keys[slot].Place.Leaf, report.Spans.DayOf(keys[slot].Place.Pane)))
            {
                totals[group, window].Values.Add(report.State.Values.At(slot));
            }
        }

        return totals;
    }
}
