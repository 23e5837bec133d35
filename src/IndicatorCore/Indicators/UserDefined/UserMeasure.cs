using System.Globalization;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.UserDefined;

/// <summary>How a measure becomes fixed point, and which values are invalid.</summary>
/// <param name="Places">Decimal places that are kept.</param>
/// <param name="Lowest">The smallest valid fixed-point value; null = no bound.</param>
/// <param name="Highest">The greatest valid fixed-point value; null = no bound.</param>
/// <param name="Sentinels">Values in the source's unit that mean invalid; null = those of the source profile, else the measure's own.</param>
internal sealed record UserMeasure(int Places, long? Lowest, long? Highest, IReadOnlyList<double>? Sentinels)
{
    /// <summary>Places where nothing else is said: 10⁻⁶ of the unit.</summary>
    public const int DefaultPlaces = 6;

    /// <summary>The measure in one spelling.</summary>
    public string Key { get; } = $"{Places};{Lowest};{Highest};{(Sentinels is null ? "default" : string.Join(',', Sentinels.Select(static value => value.ToString("R", CultureInfo.InvariantCulture))))}";

    /// <summary>What holds of a column of which the file says nothing (indicator-definitions 1.4).</summary>
    public static UserMeasure Default(string column) => column switch
    {
        "rsrp_dbm" => new(DefaultPlaces, -156_000_000, -31_000_000, null),
        "sinr_db" => new(DefaultPlaces, -23_000_000, 40_000_000, null),
        "latency_ms" => new(DefaultPlaces, 0, null, null),
        _ => new(DefaultPlaces, null, null, null),
    };

    /// <summary>The sentinels of a measure of which neither file nor source profile says any (indicator-definitions 1.4).</summary>
    public static IReadOnlyList<double> DefaultSentinels(string column) => column switch
    {
        "rsrp_dbm" or "sinr_db" => [2032, -200, 99, 255, 65535, 32767, -32768, 4294967295, 1e30],
        "latency_ms" => [-1, 4294967295, 1e30],
        _ => [],
    };

    /// <summary>The kind of canonical column, or null for a column of the export alone.</summary>
    public static CanonicalKind? KindOf(string column) => CanonicalColumns.TryKind(column, out var kind) ? kind : null;
}
