namespace IndicatorCore.Indicators;

/// <summary>What a figure rests on (indicator-definitions 1.4, interface 4).</summary>
public sealed record Evidence
{
    /// <summary>Rows of the indicator's table in this group and window, duplicates and quarantined rows included, replays not.</summary>
    public long Received { get; init; }

    /// <summary>Exact duplicates dropped.</summary>
    public long Duplicates { get; init; }

    /// <summary>Rows that lost against another row with the same key.</summary>
    public long Conflicts { get; init; }

    /// <summary>Quarantined rows by reason, reasons in ordinal order.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Quarantined { get; init; } = [];

    /// <summary>Rows of class VALID.</summary>
    public long Valid { get; init; }

    /// <summary>Rows of class MISSING.</summary>
    public long Missing { get; init; }

    /// <summary>Rows of class INVALID.</summary>
    public long Invalid { get; init; }

    /// <summary>Rows of class UNSERVED.</summary>
    public long Unserved { get; init; }

    /// <summary>Event time of the first accepted row, UTC nanoseconds since 1970, or null.</summary>
    public long? FirstTimestamp { get; init; }

    /// <summary>Event time of the last accepted row, UTC nanoseconds since 1970, or null.</summary>
    public long? LastTimestamp { get; init; }

    /// <summary>Records expected from the nominal period, or null without one.</summary>
    public ExactNumber? Expected { get; init; }

    /// <summary>Accepted ÷ expected, or null.</summary>
    public double? Completeness { get; init; }

    /// <summary>What applies to this indicator only, in the order in which it is written (profile, input, baseline_start ...).</summary>
    public IReadOnlyList<KeyValuePair<string, EvidenceValue>> Additional { get; init; } = [];
}
