namespace IndicatorCore.Generation.Model;

/// <summary>A pilot zone as the registry prints it.</summary>
internal sealed record ZoneModel(string Name, long Population, long Stations, int Factories)
{
    /// <summary>Its platforms.</summary>
    public const int Platforms = 3;

    public static IEnumerable<ZoneModel> Of(ProvinceModel province) => City.All.Where(static city => city.Zone.Length > 0).Select(city =>
    {
        var factories = province.Factories.Count(factory => factory.Zone == city.Zone);
        return new ZoneModel(city.Zone, 280_000 + (city.Zone.Length * 41_000) + (factories * 9_000), 320 + (factories * 17), factories);
    });
}
