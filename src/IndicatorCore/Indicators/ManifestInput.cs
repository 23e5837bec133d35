namespace IndicatorCore.Indicators;

/// <summary>One input of a report.</summary>
public sealed record ManifestInput
{
    /// <summary>Path as given, or <c>-</c> for standard input.</summary>
    public required string Name { get; init; }

    /// <summary>The table or tables that it fed, comma separated.</summary>
    public string? Tables { get; init; }

    /// <summary>Size in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes of its batches that were read.</summary>
    public long BytesRead { get; init; }

    /// <summary>Bytes of the same batches that were left unread, because no figure needs their columns; 0 for streams.</summary>
    public long BytesSkipped { get; init; }

    /// <summary>Rows.</summary>
    public long Rows { get; init; }

    /// <summary>Record batches.</summary>
    public long Batches { get; init; }

    /// <summary>The content fingerprint, lower-case hexadecimal.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The name of the input of which this one is a replay, or null.</summary>
    public string? ReplayOf { get; init; }

    /// <summary>Quarantined rows by reason, reasons in ordinal order.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Quarantined { get; init; } = [];

    /// <summary>Exact duplicates dropped under <c>--dedup rows</c>.</summary>
    public long Duplicates { get; init; }

    /// <summary>The columns that were read, by their canonical names: a fault in any other goes unnoticed.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>What was skipped under <c>--on-bad skip</c>, by batch; an input that was skipped whole has one entry without a batch, and no
    /// rows.</summary>
    public IReadOnlyList<SkippedPart> Skipped { get; init; } = [];
}
