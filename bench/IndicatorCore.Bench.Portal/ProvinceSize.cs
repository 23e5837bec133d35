using System.Globalization;
using IndicatorCore.Indicators;

namespace IndicatorCore.Bench.Portal;

/// <summary>How large the province is.</summary>
/// <param name="Factories">Factories, spread over 14 cities.</param>
/// <param name="Months">Months from January 2023.</param>
/// <param name="Indicators">Indicators of the catalogue.</param>
internal sealed record ProvinceSize(int Factories, int Months, int Indicators)
{
    /// <summary>How many cities there are.</summary>
    public const int Cities = 14;

    /// <summary>The indicators.</summary>
    public IReadOnlyList<string> Ids { get; } = [.. IndicatorCatalog.All.Select(static indicator => indicator.Id).Take(Indicators)];

    /// <summary>A city's name.</summary>
    public static string City(int city) => string.Create(CultureInfo.InvariantCulture, $"市{city:D2}");

    /// <summary>A factory's id.</summary>
    public static string Factory(int factory) => string.Create(CultureInfo.InvariantCulture, $"F{factory:D5}");

    /// <summary>Where a month begins, in the zone of the province.</summary>
    public static DateTimeOffset Month(int month) => new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.FromHours(8)).AddMonths(month);
}
