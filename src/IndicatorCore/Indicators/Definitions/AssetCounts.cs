using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Registry;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>
/// Counts assets of some kinds: distinct listed ones in force on a day; where a factory or zone lists none of them at any time, the count
/// that its row prints. A zone counts what stands in it of itself before what its factories have.
/// </summary>
internal sealed class AssetCounts
{
    private readonly IndicatorRegistry _registry;
    private readonly HashSet<string> _kinds;
    private readonly string? _total;
    private readonly Dictionary<string, (bool IsTotal, bool IsCounted)> _headings = [];   // the same few in every row

    /// <summary>Counts.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="kinds">The kinds.</param>
    /// <param name="total">The heading under which zones print the sum of the kinds, or null.</param>
    public AssetCounts(IndicatorRegistry registry, IEnumerable<string> kinds, string? total)
    {
        _registry = registry;
        _kinds = [.. kinds];
        _total = total is null ? null : PrintedText.Normal(total);
    }

    /// <summary>Whether anything of the kinds is listed or printed.</summary>
    public bool HasAny => _registry.Assets.Any(IsCounted)
        || _registry.Factories.Any(factory => Printed(factory.Additional) is not null)
        || _registry.Zones.Any(zone => Printed(zone.Additional) is not null);

    /// <summary>Counts by group.</summary>
    public GroupTally<AssetTotals> By(RegistryIndex index, RegistryGroups groups, int day)
    {
        var date = ReportingClock.DateOf(day);
        var tally = new GroupTally<AssetTotals>();
        var listed = _registry.Assets.Where(IsCounted).ToLookup(static asset => asset.Factory);
        var ownZones = OfZones(groups, date, tally);
        foreach (var factory in index.FactoryNumbers.Select(number => index.FactoryAt(number, day)).OfType<FactoryRecord>().DistinctBy(static factory => factory.Factory))
        {
            long? printed = listed.Contains(factory.Factory) ? null : Printed(factory.Additional);
            if (printed is null && !listed.Contains(factory.Factory))
            {
                continue;
            }

            foreach (var group in groups.Of(factory.Factory).Where(group => !ownZones.Contains(GroupName.Of(group))))
            {
                var totals = tally[group];
                totals.Printed += printed ?? 0;
                totals.Listed.UnionWith(listed[factory.Factory].Where(asset => asset.Valid.Contains(date)).Select(static asset => asset.Asset));
            }
        }

        // what stands in no factory, and in factories that have no row of their own
        var known = _registry.Factories.Select(static factory => factory.Factory).ToHashSet();
        foreach (var asset in _registry.Assets.Where(asset => IsCounted(asset) && (asset.Factory is null ? asset.Zones.Count == 0 || !groups.IsByZone : !known.Contains(asset.Factory))))
        {
            foreach (var group in groups.Of(asset.Factory).Where(group => !ownZones.Contains(GroupName.Of(group))))
            {
                var totals = tally[group];
                if (asset.Valid.Contains(date))
                {
                    totals.Listed.Add(asset.Asset);
                }
            }
        }

        return tally;
    }

    private HashSet<string> OfZones(RegistryGroups groups, DateOnly date, GroupTally<AssetTotals> tally)
    {
        var own = new HashSet<string>();
        if (!groups.IsByZone)
        {
            return own;
        }

        var standing = _registry.Assets.Where(IsCounted).SelectMany(static asset => asset.Zones.Select(zone => (Zone: zone, Asset: asset)))
            .ToLookup(static pair => pair.Zone, static pair => pair.Asset);
        var printed = _registry.Zones.DistinctBy(static zone => zone.Zone).ToDictionary(static zone => zone.Zone, zone => Printed(zone.Additional));
        foreach (var zone in standing.Select(static zone => zone.Key).Union(printed.Where(static zone => zone.Value is not null).Select(static zone => zone.Key)))
        {
            foreach (var group in groups.OfZone(zone))
            {
                own.Add(GroupName.Of(group));
                var totals = tally[group];
                totals.IsOfZone = true;
                totals.Printed = standing.Contains(zone) ? 0 : printed.GetValueOrDefault(zone) ?? 0;
                totals.Listed.UnionWith(standing[zone].Where(asset => asset.Valid.Contains(date)).Select(static asset => asset.Asset));
            }
        }

        return own;
    }

    private bool IsCounted(AssetRecord asset) => AssetKinds.Of(asset.Kind) is { } kind && _kinds.Contains(kind);

    // the sum of all kinds where it is printed, else of those that are
    private long? Printed(IReadOnlyDictionary<string, string> additional)
    {
        long? sum = null;
        foreach (var (heading, text) in additional)
        {
            if (!_headings.TryGetValue(heading, out var meaning))
            {
                meaning = (_total is not null && PrintedText.Normal(heading) == _total, PrintedText.KindOfCount(heading) is { } kind && _kinds.Contains(kind));
                _headings.Add(heading, meaning);
            }

            if (meaning.IsTotal && PrintedText.Count(heading, text) is { } total)
            {
                return total;
            }

            if (meaning.IsCounted && PrintedText.Count(heading, text) is { } count)
            {
                sum = (sum ?? 0) + count;
            }
        }

        return sum;
    }
}
