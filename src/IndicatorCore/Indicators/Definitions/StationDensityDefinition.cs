using System.Numerics;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Registry;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>5G base stations per 10,000 residents of a zone, <c>bs_per_10k</c> (indicator-definitions 3.4): never a coverage.</summary>
internal sealed class StationDensityDefinition : RegistryCountDefinition
{
    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "bs_per_10k",
        ChineseName = "每万人5G基站数",
        EnglishName = "5G base stations per 10,000 residents",
        Formula = "10000 · base stations (macro + micro, no pRRU) in force at the reference date / resident population",
        Unit = "1/10000",
        Needs = [new() { Source = IndicatorNeed.Registry, Required = ["zones"], Optional = ["assets", "factories"] }],
        State = "none: the registry",
        Weights = "sum of stations / sum of residents, over zones",
        PublicationRule = "by zone, or over all zones; made of no enterprise's figures, so that disclosure control does not apply",
        Sources = ["indicator-definitions 3.4", "programme-forms 4"],
    };

    /// <inheritdoc/>
    public override bool IsDisclosed => false;

    /// <inheritdoc/>
    protected override bool HasAny(IndicatorRegistry registry) => registry.Zones.Count > 0;

    /// <inheritdoc/>
    protected override IEnumerable<IndicatorRow> Rows(ReportContext report, RegistryIndex registry, RegistryGroups groups, int day)
    {
        var byZone = new RegistryGroups(report, report.NewLevel(report.Levels.Count, ["zone"]), day);
        var stations = new AssetCounts(registry.Registry, [AssetKinds.Macro, AssetKinds.Micro], PrintedText.Stations).By(registry, byZone, day)
            .Groups.Where(static zone => zone.Group[0].Value is not null).ToDictionary(static zone => zone.Group[0].Value!, static zone => zone.Total.Count);
        var tally = new GroupTally<DensityTotals>();
        foreach (var zone in registry.Registry.Zones.DistinctBy(static zone => zone.Zone))
        {
            foreach (var group in groups.OfZone(zone.Zone))
            {
                var totals = tally[group];
                var isKnown = stations.TryGetValue(zone.Zone, out var count);
                totals.Stations += count;
                totals.Residents += zone.Population ?? 0;
                totals.IsMissing |= !isKnown || zone.Population is null;
            }
        }

        return tally.Groups.Select(group => Figure.Judge(
            Row(group.Group) with
            {
                Value = group.Total.Residents == 0 ? null : ExactRatio.ToDouble(10_000 * group.Total.Stations, (BigInteger)group.Total.Residents),
                Numerator = new ExactNumber(group.Total.Stations),
                Denominator = group.Total.Residents,
            },
            group.Total.IsMissing ? ResultReason.MissingColumn : group.Total.Residents == 0 ? ResultReason.ZeroDenominator : null,
            suppressed: null));
    }
}
