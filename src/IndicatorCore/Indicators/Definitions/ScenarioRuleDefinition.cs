using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Registry;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Whether five or more of the twenty scenarios are declared, <c>scenario_rule_5</c> (indicator-definitions 8).</summary>
internal sealed class ScenarioRuleDefinition : RegistryCountDefinition
{
    private const int Least = 5;   // 5个以上 includes 5

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "scenario_rule_5",
        ChineseName = "5个以上典型应用场景",
        EnglishName = "Five or more typical scenarios",
        Formula = "1 if scenario_count_declared ≥ 5, else 0; the numerator is the count",
        Unit = "1",
        Needs = [new() { Source = IndicatorNeed.Registry, Required = ["scenarios"] }],
        State = "none: the registry",
        Weights = "judged on the group's own count",
        PublicationRule = "as scenario_count_declared",
        Sources = ["indicator-definitions 8", "programme-forms 1.1"],
    };

    /// <inheritdoc/>
    protected override bool HasAny(IndicatorRegistry registry) => registry.Scenarios.Count > 0;

    /// <inheritdoc/>
    protected override IEnumerable<IndicatorRow> Rows(ReportContext report, RegistryIndex registry, RegistryGroups groups, int day) =>
        ScenarioCounts.By(registry.Registry, groups, day, static _ => true).Groups.Select(group => Figure.Judge(
            Row(group.Group, group.Total.Canonical.Count) with
            {
                Value = group.Total.Canonical.Count >= Least ? 1 : 0,
                Flags = group.Total.HasAmbiguous ? ResultFlags.Review : ResultFlags.None,
            },
            notAvailable: null,
            suppressed: null));
}
