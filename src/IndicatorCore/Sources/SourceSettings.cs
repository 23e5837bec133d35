namespace IndicatorCore.Sources;

/// <summary>What a source profile says about one input: its defaults overlaid with the first file rule that matches.</summary>
public sealed record SourceSettings
{
    /// <summary>No settings: canonical names, zoned timestamps.</summary>
    public static SourceSettings Empty { get; } = new();

    /// <summary>The table of the input, or null when it must be found out.</summary>
    public string? Table { get; init; }

    /// <summary>Field delimiter of CSV inputs, or null for a comma.</summary>
    public string? Delimiter { get; init; }

    /// <summary>Encoding of CSV inputs, such as <c>GB18030</c>, or null for UTF-8.</summary>
    public string? Encoding { get; init; }

    /// <summary>IANA zone of naive timestamps, or null when none is declared.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Which end of its interval a stamp names.</summary>
    public TimestampStamp Stamp { get; init; }

    /// <summary>The length of an interval for <see cref="TimestampStamp.End"/> and for missing interval ends, nanoseconds.</summary>
    public long? IntervalNanoseconds { get; init; }

    /// <summary>What a stamp of exactly midnight means.</summary>
    public MidnightStamp Midnight { get; init; }

    /// <summary>Earliest plausible event time, inclusive, UTC nanoseconds since 1970, or null.</summary>
    public long? PlausibleFrom { get; init; }

    /// <summary>Latest plausible event time, exclusive, UTC nanoseconds since 1970, or null.</summary>
    public long? PlausibleTo { get; init; }

    /// <summary>Nominal sampling period, nanoseconds, or null.</summary>
    public long? NominalPeriodNanoseconds { get; init; }

    /// <summary>Heartbeat timeout, nanoseconds, or null for three nominal periods.</summary>
    public long? HeartbeatTimeoutNanoseconds { get; init; }

    /// <summary>The RAT of samples that name none, or null for NR.</summary>
    public string? DefaultRat { get; init; }

    /// <summary>True when cost rows stand for calendar months.</summary>
    public bool CostPeriodIsMonth { get; init; }

    /// <summary>Columns that <c>--dedup rows</c> compares; null = the mapped ones; a single <c>*</c> = all.</summary>
    public IReadOnlyList<string>? Identity { get; init; }

    /// <summary>Columns left out of <see cref="Identity"/>.</summary>
    public IReadOnlyList<string> IdentityExcept { get; init; } = [];

    /// <summary>Mappings by canonical column name.</summary>
    public IReadOnlyDictionary<string, ColumnMapping> Columns { get; init; } = new Dictionary<string, ColumnMapping>();
}
