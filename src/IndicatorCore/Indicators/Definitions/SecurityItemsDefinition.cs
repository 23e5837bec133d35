using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Registry;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Network security items of a factory, <c>security_items</c>, 0 to 5 (indicator-definitions 8).</summary>
internal sealed class SecurityItemsDefinition : RegistryCountDefinition
{
    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "security_items",
        ChineseName = "网络安全防护情况",
        EnglishName = "Network security items",
        Formula = $"how many of {string.Join(", ", PrintedText.SecurityMarks)} the factory's row marks, 0 to 5",
        Unit = "1",
        Needs = [new() { Source = IndicatorNeed.Registry, Required = ["factories"] }],
        State = "none: the registry",
        Weights = "of one factory; groups of several are not applicable",
        PublicationRule = "where any of the five is marked, be it with no",
        Sources = ["indicator-definitions 8", "programme-forms 3.2"],
    };

    /// <inheritdoc/>
    protected override bool HasAny(IndicatorRegistry registry) => registry.Factories.Any(static factory => ItemsOf(factory) is not null);

    /// <inheritdoc/>
    protected override IEnumerable<IndicatorRow> Rows(ReportContext report, RegistryIndex registry, RegistryGroups groups, int day)
    {
        var tally = new GroupTally<SecurityTotals>();
        foreach (var factory in registry.FactoryNumbers.Select(number => registry.FactoryAt(number, day)).OfType<FactoryRecord>())
        {
            foreach (var group in ItemsOf(factory) is null ? [] : groups.Of(factory.Factory))
            {
                tally[group].Factories++;
                tally[group].Items += ItemsOf(factory) ?? 0;
            }
        }

        return tally.Groups.Select(group => Figure.Judge(
            Row(group.Group, group.Total.Items), group.Total.Factories > 1 ? ResultReason.GroupNotApplicable : null, suppressed: null));
    }

    private static int? ItemsOf(FactoryRecord factory)
    {
        int? items = null;
        foreach (var mark in PrintedText.SecurityMarks)
        {
            if (factory.Additional.TryGetValue(mark, out var text) && PrintedText.Mark(mark, text) is { } isThere)
            {
                items = (items ?? 0) + (isThere ? 1 : 0);
            }
        }

        return items;
    }
}
