namespace IndicatorCore.Portal.Storage;

/// <summary>Which rows of one publication are asked for. Every list that is null asks for all; an empty one for none.</summary>
public sealed record RowQuery
{
    /// <summary>The dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>The revision, or null for the newest.</summary>
    public int? Revision { get; init; }

    /// <summary>The view, such as <c>default</c> or <c>month</c>.</summary>
    public string View { get; init; } = "default";

    /// <summary>Indicator ids.</summary>
    public IReadOnlyList<string>? Indicators { get; init; }

    /// <summary>The level, its keys joined by commas (<c>factory</c>, <c>factory,line</c>, empty for the whole), or null for every level.</summary>
    public string? Level { get; init; }

    /// <summary>Values that the group must have, by key: <c>factory = F001</c>. A value of null is the unassigned group.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Group { get; init; } = [];

    /// <summary>Only rows whose group lies within one of these places (the caller's grants); null = everything.</summary>
    public IReadOnlyList<PlaceScope>? Within { get; init; }

    /// <summary>Only windows that end after this instant, UTC nanoseconds.</summary>
    public long? From { get; init; }

    /// <summary>Only windows that begin before this instant, UTC nanoseconds.</summary>
    public long? To { get; init; }

    /// <summary>Names of statuses (<c>PUBLISHED</c> ...).</summary>
    public IReadOnlyList<string>? Statuses { get; init; }

    /// <summary>The order of the rows.</summary>
    public RowSort Sort { get; init; }

    /// <summary>Rows to pass over before the first one that is returned.</summary>
    public long Offset { get; init; }

    /// <summary>The most rows that are returned, from 1.</summary>
    public int Limit { get; init; } = 100;
}
