using System.Numerics;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>
/// The average factory of a group, <c>*.simple_mean</c> and <c>*.median</c> (indicator-definitions 1.9): factories count alike, whatever their
/// size. It is another figure than the group's own, and comes only when it is asked for by name.
/// </summary>
internal sealed class FactoryAverageDefinition : IndicatorDefinition
{
    private readonly IndicatorDefinition _whole;
    private readonly bool _isMedian;

    /// <summary>The average of a definition's figures by factory.</summary>
    /// <param name="whole">The definition.</param>
    /// <param name="isMedian">Whether the median by nearest rank, else the arithmetic mean.</param>
    public FactoryAverageDefinition(IndicatorDefinition whole, bool isMedian)
    {
        (_whole, _isMedian) = (whole, isMedian);
        var of = whole.Description;
        Description = of with
        {
            Id = of.Id + (isMedian ? ".median" : ".simple_mean"),
            Version = 1,
            ChineseName = of.ChineseName + (isMedian ? "（工厂中位数）" : "（工厂简单平均）"),
            EnglishName = of.EnglishName + (isMedian ? ", median of factories" : ", simple mean of factories"),
            Formula = isMedian
                ? $"the value of rank ⌈n / 2⌉ among the published {of.Id} of the group's n factories"
                : $"the sum of the published {of.Id} of the group's n factories / n",
            State = $"as {of.Id}",
            Weights = "factories, one each; never the group's own figure",
            PublicationRule = $"only when named in --select, above factory; of published {of.Definition} alone; NO_COMMON_UNIT where they are of several classes (产线级, 车间级, 工厂级)",
            Parts = [],
            Sources = ["indicator-definitions 1.9"],
        };
    }

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; }

    /// <inheritdoc/>
    public override TableNeeds Needs => _whole.Needs;

    /// <inheritdoc/>
    public override string Table => _whole.Table;

    /// <inheritdoc/>
    public override bool IsOnlyByName => true;

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        foreach (var level in report.Levels)
        {
            if (level.Has("factory") || level.IsBelowFactory)
            {
                continue;
            }

            foreach (var group in ByFactory(report, level))
            {
                yield return Average(report, [.. group]);
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<DisclosureShare> Shares(ReportContext report, ReportContext parts)
    {
        foreach (var level in report.Levels.Where(static level => level.IsDisclosed))
        {
            foreach (var row in ByFactory(report, level).SelectMany(static group => group).Where(IsPublished))
            {
                var (enterprise, factory) = (row.Group[^3].Value, row.Group[^2].Value);
                yield return new DisclosureShare(
                    Description.Id,
                    [.. row.Group.SkipLast(3)],
                    row.WindowStart,
                    enterprise is not null ? $"enterprise={enterprise}" : factory is not null ? $"factory={factory}" : null,
                    $"{enterprise}\u001f{factory}",
                    BigInteger.One);
            }
        }
    }

    private static bool IsPublished(IndicatorRow row) => row.Status is ResultStatus.Published or ResultStatus.PublishedWithWarning;

    // the figures of a level's factories, with the keys enterprise, factory and class behind the level's own
    private List<IGrouping<(string Group, long? Window), IndicatorRow>> ByFactory(ReportContext report, GroupLevel level)
    {
        var fine = report.Once((typeof(FactoryAverageDefinition), level), () => report.WithoutIntervals([report.NewLevel(level.Ordinal, [.. level.Keys, "enterprise", "factory", "class"])]));
        var rows = report.Once((typeof(FactoryAverageDefinition), level, _whole), () => _whole.Compute(fine).Where(row => row.Indicator == _whole.Description.Id && row.Group[^2].Value is not null).ToList());
        return [.. rows.GroupBy(row => (GroupName.Of([.. row.Group.SkipLast(3)]), row.WindowStart))];
    }

    private IndicatorRow Average(ReportContext report, List<IndicatorRow> factories)
    {
        var published = factories.FindAll(IsPublished);
        var row = new IndicatorRow
        {
            Indicator = Description.Id,
            Definition = Description.Definition,
            Group = [.. factories[0].Group.SkipLast(3)],
            WindowStart = factories[0].WindowStart,
            WindowEnd = factories[0].WindowEnd,
            Unit = Description.Unit,
            Value = published.Count == 0 ? null : _isMedian ? Median(published) : Mean(published),
            Flags = published.Aggregate(ResultFlags.None, static (flags, factory) => flags | factory.Flags),
            Evidence = new Evidence { Received = factories.Count, Valid = published.Count, Missing = factories.Count - published.Count },
        };
        var classes = published.Select(static factory => factory.Group[^1].Value).Distinct(StringComparer.Ordinal).Count();
        return Figure.Judge(row, classes > 1 ? ResultReason.NoCommonUnit : published.Count == 0 ? ResultReason.NoData : null, suppressed: null);
    }

    private static double Median(List<IndicatorRow> rows) => rows.Select(static row => row.Value!.Value).Order().ElementAt((rows.Count - 1) / 2);

    // doubles are binary fractions, so their sum is exact whatever the order
    private static double Mean(List<IndicatorRow> rows)
    {
        var sum = BigInteger.Zero;
        foreach (var row in rows)
        {
            sum += ExactBinary.Scaled(row.Value!.Value);
        }

        return ExactRatio.ToDouble(sum, rows.Count * ExactBinary.One);
    }
}
