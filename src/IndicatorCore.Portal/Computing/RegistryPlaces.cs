using IndicatorCore.Portal.Storage;
using IndicatorCore.Registry;

namespace IndicatorCore.Portal.Computing;

/// <summary>The factories of a registry as places: what their last row says, where several hold one after the other.</summary>
internal static class RegistryPlaces
{
    public static IReadOnlyList<Place> Of(IndicatorRegistry? registry)
    {
        if (registry is null)
        {
            return [];
        }

        var lines = registry.Lines.Where(static line => line.Factory is not null).ToLookup(static line => line.Factory!, static line => line.Line, StringComparer.Ordinal);
        return
        [
            .. registry.Factories.GroupBy(static factory => factory.Factory, StringComparer.Ordinal)
                .Select(static rows => rows.MaxBy(static row => row.Valid.From ?? DateOnly.MinValue)!)
                .OrderBy(static factory => factory.Factory, StringComparer.Ordinal)
                .Select(factory => new Place(
                    factory.Factory,
                    factory.Name ?? factory.Factory,
                    factory.Province,
                    factory.City,
                    factory.District,
                    factory.Parks.Count > 0 ? factory.Parks[0] : null,
                    factory.Zones.Count > 0 ? factory.Zones[0] : null,
                    factory.Industry,
                    [.. lines[factory.Factory].Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)])),
        ];
    }
}
