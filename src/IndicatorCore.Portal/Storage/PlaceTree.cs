namespace IndicatorCore.Portal.Storage;

/// <summary>Places groups by the factories of a publication. A name that belongs to two places belongs to neither.</summary>
public sealed class PlaceTree
{
    private readonly Dictionary<string, Place> _factories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _factoryOfLine = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _provinceOfCity = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _cityOfDistrict = new(StringComparer.Ordinal);

    /// <summary>A tree of factories.</summary>
    public PlaceTree(IReadOnlyList<Place> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        foreach (var place in places)
        {
            _factories[place.Factory] = place;
            foreach (var line in place.Lines)
            {
                Note(_factoryOfLine, line, place.Factory);
            }

            Note(_provinceOfCity, place.City, place.Province);
            Note(_cityOfDistrict, place.District, place.City);
        }
    }

    /// <summary>Where a factory is.</summary>
    public RowPlace OfFactory(string factory) => _factories.TryGetValue(factory, out var place)
        ? new RowPlace(place.Province, place.City, factory)
        : new RowPlace(null, null, factory);

    /// <summary>Where a group is: by its factory, or its line, or its district, city or province.</summary>
    public RowPlace Of(IReadOnlyList<KeyValuePair<string, string?>> group)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (Value(group, "factory") is { } factory)
        {
            return OfFactory(factory);
        }

        if (Value(group, "line") is { } line && _factoryOfLine.GetValueOrDefault(line) is { } ofLine)
        {
            return OfFactory(ofLine);
        }

        var city = Value(group, "city") ?? (Value(group, "district") is { } district ? _cityOfDistrict.GetValueOrDefault(district) : null);
        var province = Value(group, "province");
        return new RowPlace(province ?? (city is null ? null : _provinceOfCity.GetValueOrDefault(city)), city, null);
    }

    private static string? Value(IReadOnlyList<KeyValuePair<string, string?>> group, string key)
    {
        for (var i = 0; i < group.Count; i++)
        {
            if (group[i].Key == key)
            {
                return group[i].Value;
            }
        }

        return null;
    }

    private static void Note(Dictionary<string, string?> owners, string? name, string? owner)
    {
        if (name is not null && (!owners.TryAdd(name, owner) && owners[name] != owner))
        {
            owners[name] = null;
        }
    }
}
