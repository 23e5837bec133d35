namespace IndicatorCore.Registry;

/// <summary>A pilot zone (interface 2, zones).</summary>
public sealed record ZoneRecord
{
    /// <summary>先导区.</summary>
    public required string Zone { get; init; }

    /// <summary>常住人口, or null.</summary>
    public long? Population { get; init; }

    /// <summary>The countable items by heading.</summary>
    public IReadOnlyDictionary<string, string> Additional { get; init; } = new Dictionary<string, string>();
}
