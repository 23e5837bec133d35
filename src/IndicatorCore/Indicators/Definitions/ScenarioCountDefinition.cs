using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Registry;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Distinct scenarios of the twenty that are declared, <c>scenario_count_declared</c> (indicator-definitions 8).</summary>
internal sealed class ScenarioCountDefinition : RegistryCountDefinition
{
    private const string Instances = "scenario_count_declared.instances";
    private const string Others = "scenario_count_declared.other";

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "scenario_count_declared",
        ChineseName = "应用场景数量（申报）",
        EnglishName = "Application scenarios declared",
        Formula = "distinct canonical names of the twenty declared, aliases as the name they stand for; ambiguous names never count; "
            + $"{Instances}: distinct (factory, name); {Others}: distinct names that are none of the twenty",
        Unit = "1",
        Needs = [new() { Source = IndicatorNeed.Registry, Required = ["scenarios"] }],
        State = "none: the registry",
        Weights = "distinct names by union; instances are added",
        PublicationRule = "always; REVIEW while an ambiguous name is open",
        Parts = [Instances, Others],
        Sources = ["indicator-definitions 8", "programme-forms 2"],
    };

    /// <inheritdoc/>
    protected override bool HasAny(IndicatorRegistry registry) => registry.Scenarios.Count > 0;

    /// <inheritdoc/>
    protected override IEnumerable<IndicatorRow> Rows(ReportContext report, RegistryIndex registry, RegistryGroups groups, int day)
    {
        foreach (var (group, totals) in ScenarioCounts.By(registry.Registry, groups, day, static _ => true).Groups)
        {
            var flags = totals.HasAmbiguous ? ResultFlags.Review : ResultFlags.None;
            yield return Figure.Judge(Row(group, totals.Canonical.Count) with { Flags = flags }, notAvailable: null, suppressed: null);
            yield return Figure.Judge(Row(group, totals.Instances.Count) with { Indicator = Instances, Flags = flags }, notAvailable: null, suppressed: null);
            yield return Figure.Judge(Row(group, totals.Others.Count) with { Indicator = Others, Flags = flags }, notAvailable: null, suppressed: null);
        }
    }
}
