using System.Numerics;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Registry;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>The quantities behind the countable items of the zone table, by zone on a day (programme-forms 4).</summary>
internal sealed class ZoneQuantities
{
    private const string Density = "5G网络覆盖率（每万人拥有5G基站数量）";
    private const string Scenarios = "典型应用场景数量（二十大）";

    private readonly IndicatorRegistry _registry;
    private readonly RegistryIndex _index;
    private readonly RegistryGroups _groups;
    private readonly int _day;
    private readonly Dictionary<ZoneItem, Dictionary<string, long>> _counts = [];
    private readonly Dictionary<string, ScenarioTotals> _scenarios = [];

    /// <summary>The quantities of a registry.</summary>
    public ZoneQuantities(ReportContext report, RegistryIndex index, int day)
    {
        (_registry, _index, _day) = (index.Registry, index, day);
        _groups = new RegistryGroups(report, report.NewLevel(report.Levels.Count, ["zone"]), day);
        foreach (var (group, totals) in ScenarioCounts.By(_registry, _groups, day, static _ => true).Groups)
        {
            if (group[0].Value is { } zone)
            {
                _scenarios[zone] = totals;
            }
        }
    }

    /// <summary>The quantity of an item; null where the registry does not tell it. Ambiguous where scenarios are open to question.</summary>
    public (BigInteger Numerator, BigInteger Denominator, bool IsAmbiguous)? Find(ZoneRecord zone, ZoneItem item)
    {
        if (item.Name == Scenarios)
        {
            return _scenarios.TryGetValue(zone.Zone, out var totals) ? (totals.Canonical.Count, BigInteger.One, totals.HasAmbiguous) : null;
        }

        if (item.Name == Density)
        {
            return zone.Population is > 0 and var residents && CountsOf(item).TryGetValue(zone.Zone, out var stations)
                ? (10_000 * (BigInteger)stations, residents, false)
                : null;
        }

        return item.IsCountable && CountsOf(item).TryGetValue(zone.Zone, out var count) ? (count, BigInteger.One, false) : null;
    }

    private Dictionary<string, long> CountsOf(ZoneItem item)
    {
        if (!_counts.TryGetValue(item, out var counts))
        {
            var isOfStations = item.Name is PrintedText.Stations or Density;
            string[] kinds = isOfStations ? [AssetKinds.Macro, AssetKinds.Micro] : PrintedText.KindOfCount(item.Name) is { } kind ? [kind] : [];
            counts = new AssetCounts(_registry, kinds, isOfStations ? PrintedText.Stations : null).By(_index, _groups, _day)
                .Groups.Where(static zone => zone.Group[0].Value is not null)
                .ToDictionary(static zone => zone.Group[0].Value!, static zone => zone.Total.Count);
            _counts.Add(item, counts);
        }

        return counts;
    }
}
