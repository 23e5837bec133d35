namespace IndicatorCore.Indicators.Phases;

/// <summary>What was counted at one line on one local day.</summary>
internal abstract record PhaseCell
{
    /// <summary>The line, or null when unknown.</summary>
    public string? Line { get; init; }

    /// <summary>Days since 1970-01-01 in the reporting zone.</summary>
    public int Day { get; init; }

    /// <summary>Accepted rows.</summary>
    public long Rows { get; init; }

    /// <summary>Those of them that count.</summary>
    public long ValidRows { get; init; }

    /// <summary>Whether the day has what makes a baseline: output, or rows that count.</summary>
    public abstract bool IsProducing { get; }

    /// <summary>Exact duplicates dropped.</summary>
    public long Duplicates { get; init; }

    /// <summary>Rows that lost a key conflict.</summary>
    public long Conflicts { get; init; }

    /// <summary>First accepted event, UTC nanoseconds since 1970.</summary>
    public long FirstTimestamp { get; init; } = long.MaxValue;

    /// <summary>Last accepted event, UTC nanoseconds since 1970.</summary>
    public long LastTimestamp { get; init; } = long.MinValue;
}
