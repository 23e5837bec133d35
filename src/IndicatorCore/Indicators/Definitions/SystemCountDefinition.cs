using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Registry;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Distinct key systems, <c>system_count</c> (indicator-definitions 8).</summary>
internal sealed class SystemCountDefinition : RegistryCountDefinition
{
    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "system_count",
        ChineseName = "关键系统建设数量",
        EnglishName = "Key systems",
        Formula = "distinct codes among ERP, MES, WMS, PLM/PDM, APS, SCM/SRM, EAM, CRM, CAD/CAE/CAM, OA and other names, in force at the reference date; "
            + "systems printed in one box are one code",
        Unit = "1",
        Needs = [new() { Source = IndicatorNeed.Registry, Required = ["systems"] }],
        State = "none: the registry",
        Weights = "distinct codes by union",
        PublicationRule = "always",
        Sources = ["indicator-definitions 8", "programme-forms 1.1, 3.2"],
    };

    /// <inheritdoc/>
    protected override bool HasAny(IndicatorRegistry registry) => registry.Systems.Count > 0;

    /// <inheritdoc/>
    protected override IEnumerable<IndicatorRow> Rows(ReportContext report, RegistryIndex registry, RegistryGroups groups, int day)
    {
        var date = ReportingClock.DateOf(day);
        var tally = new GroupTally<NameTotals>();
        foreach (var record in registry.Registry.Systems.Where(record => record.Valid.Contains(date)))
        {
            foreach (var group in groups.Of(record.Factory))
            {
                tally[group].Names.Add(SystemNames.CodeOf(record.System));
            }
        }

        return tally.Groups.Select(group => Figure.Judge(Row(group.Group, group.Total.Names.Count), notAvailable: null, suppressed: null));
    }
}
