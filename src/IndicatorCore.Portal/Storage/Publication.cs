namespace IndicatorCore.Portal.Storage;

/// <summary>One revision of one dataset as it was published: what it holds, without its rows.</summary>
public sealed record Publication
{
    /// <summary>The dataset: a series of revisions of the same question, such as <c>liaoning</c>; 1 to 64 of a to z, 0 to 9, <c>-</c> and <c>_</c>.</summary>
    public required string Dataset { get; init; }

    /// <summary>The revision, from 1, without gaps.</summary>
    public required int Revision { get; init; }

    /// <summary>When it was published.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>SHA-256 of all rows as ndjson with LF, in the order of <see cref="StoredRow.Number"/>, lower-case hexadecimal.</summary>
    public required string Digest { get; init; }

    /// <summary>How many rows it has.</summary>
    public required long Rows { get; init; }

    /// <summary>How many rows differ from the revision before; null for the first.</summary>
    public long? Changes { get; init; }

    /// <summary>The views its rows belong to, in order: <c>default</c>, and windows such as <c>month</c>.</summary>
    public required IReadOnlyList<string> Views { get; init; }

    /// <summary>The levels of groups, in order, each its keys joined by commas; empty text for the whole.</summary>
    public required IReadOnlyList<string> Levels { get; init; }

    /// <summary>The indicators that have rows, by ordinal order.</summary>
    public required IReadOnlyList<string> Indicators { get; init; }

    /// <summary>The reporting zone's IANA id.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The reference date, UTC nanoseconds since 1970, or null where nothing was accepted.</summary>
    public long? ReferenceDate { get; init; }

    /// <summary>Whether disclosure control was applied (<c>--publish</c>).</summary>
    public bool IsDisclosed { get; init; }
}
