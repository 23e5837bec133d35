using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>How long rows take to arrive, <c>dq_timeliness</c>, over all inputs and by table: <c>dq_timeliness.radio</c> (indicator-definitions 10).</summary>
internal sealed class TimelinessDefinition : IndicatorDefinition
{
    private const int Percent = 95;
    private const int UnitsPerSecond = 1_000_000;

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "dq_timeliness",
        ChineseName = "数据及时性",
        EnglishName = "Timeliness of data",
        Direction = IndicatorDirection.LowerIsBetter,
        Formula = "95th percentile (nearest rank) of ingest_ts − event_ts over accepted rows that have both, at 10⁻⁶ s; parts by table, wide rows as telemetry",
        Unit = "s",
        Needs = [.. TableCatalog.All.Select(static table => new IndicatorNeed { Source = table.Name, Required = [table.TimeColumn, "ingest_ts"], IsAlternative = true })],
        State = "delays by (scope, device, local day) at 10⁻⁶ s, or log-linear buckets above 65,536 distinct ones in a group and window (evidence alpha = 1/256)",
        Weights = "rows; the union of all delays, never the mean of quantiles",
        PublicationRule = "flagged CLOCK_SKEW where rows are of a device whose median differs from the fleet's by more than 5 s; they stay in, evidence n_clock_skew counts them",
        Parts = [.. TableCatalog.All.Select(static table => $"dq_timeliness.{table.Name}")],
        Sources = ["indicator-definitions 1.2, 1.6, 10"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Delay;

    /// <inheritdoc/>
    public override string Table => "telemetry";

    /// <inheritdoc/>
    public override bool PartsAreJudgedAlone => true;

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        var plan = QualityGroups.Plan(report);
        foreach (var level in report.Levels)
        {
            var tables = DelayTotals.Collect(report, level, plan);
            foreach (var group in GroupedTotals<DelayTotals>.GroupsOf(tables.Values))
            {
                for (var window = 0; window < plan.Windows.Count; window++)
                {
                    var all = new DelayTotals();
                    foreach (var (table, totals) in tables)
                    {
                        if (totals.Find(group, window) is { Delays.Count: > 0 } own)
                        {
                            all.Add(own);
                            if (!report.Discloses(level))
                            {
                                // as with other parts: one that is kept back could be told from the whole
                                yield return Row(report, level, group, plan.Windows[window], table, own);
                            }
                        }
                    }

                    yield return Row(report, level, group, plan.Windows[window], table: null, all);
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override BigInteger WeightOf(IndicatorRow row) => row.Evidence?.Valid ?? 0;

    private IndicatorRow Row(ReportContext report, GroupLevel level, int group, ReportWindow window, string? table, DelayTotals totals)
    {
        var count = totals.Delays.Count;
        var answer = count == 0 ? default : totals.Delays.Select(report.State.Values.NewSample, QuantileTotals.Rank(Percent, count));
        var additional = new List<KeyValuePair<string, EvidenceValue>>();
        if (answer.IsBucketed)
        {
            additional.Add(KeyValuePair.Create("alpha", new EvidenceValue { Number = LogLinearBuckets.Alpha }));
        }

        if (totals.Skewed > 0)
        {
            additional.Add(KeyValuePair.Create("n_clock_skew", new EvidenceValue { Count = totals.Skewed }));
        }

        var row = new IndicatorRow
        {
            Indicator = table is null ? Description.Id : $"{Description.Id}.{table}",
            Definition = Description.Definition,
            Group = level.Group(group),
            WindowStart = window.Start,
            WindowEnd = window.End,
            Unit = Description.Unit,
            Flags = window.Flags | (table is null ? report.SkipFlag(Description) : report.SkipFlag(table)) | (totals.Skewed > 0 ? ResultFlags.ClockSkew : ResultFlags.None),
            Evidence = new Evidence { Received = count, Valid = count, Additional = additional },
            Value = count == 0 ? null : ExactRatio.ToDouble(answer.Values[0], (BigInteger)UnitsPerSecond),
        };
        ResultReason? notAvailable = level.Has("product") ? ResultReason.GroupNotApplicable : count == 0 ? ResultReason.NoData : null;
        return Figure.Judge(row, notAvailable, suppressed: null);
    }
}
