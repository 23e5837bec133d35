using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.State;

/// <summary>What was seen of one input; workers add to it by batch.</summary>
internal sealed class InputTally
{
    private readonly long[] _quarantined = new long[QuarantineNames.Count];
    private readonly Lock _gate = new();
    private readonly List<(long Batch, string Message)> _skipped = [];
    private long _rows;
    private long _batches;
    private long _bytesRead;

    /// <summary>The input's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its size.</summary>
    public long Bytes { get; set; }

    /// <summary>Its content fingerprint, or null.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>The name of the input of which this is a replay, or null.</summary>
    public string? ReplayOf { get; set; }

    /// <summary>The tables that it feeds.</summary>
    public string? Tables { get; set; }

    /// <summary>Exact duplicates among its rows.</summary>
    public long Duplicates { get; set; }

    /// <summary>Rows read.</summary>
    public long Rows => Volatile.Read(ref _rows);

    /// <summary>Batches read.</summary>
    public long Batches => Volatile.Read(ref _batches);

    /// <summary>Stored bytes read.</summary>
    public long BytesRead => Volatile.Read(ref _bytesRead);

    /// <summary>Counts a batch.</summary>
    public void Batch(long rows, long bytesRead)
    {
        Interlocked.Add(ref _rows, rows);
        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _bytesRead, bytesRead);
    }

    /// <summary>Counts quarantined rows.</summary>
    public void Quarantine(QuarantineReason reason, long rows) => Interlocked.Add(ref _quarantined[(int)reason], rows);

    /// <summary>Notes what was skipped; batch -1 = the whole input.</summary>
    public void Skip(long batch, string message)
    {
        lock (_gate)
        {
            _skipped.Add((batch, message));
        }
    }

    /// <summary>A tally of its own with the same counts.</summary>
    public InputTally Copy()
    {
        var copy = new InputTally
        {
            Name = Name,
            Bytes = Bytes,
            Fingerprint = Fingerprint,
            ReplayOf = ReplayOf,
            Tables = Tables,
            Duplicates = Duplicates,
            _rows = _rows,
            _batches = _batches,
            _bytesRead = _bytesRead,
        };
        _quarantined.CopyTo(copy._quarantined, 0);
        lock (_gate)
        {
            copy._skipped.AddRange(_skipped);
        }

        return copy;
    }

    /// <summary>The manifest's line.</summary>
    public ManifestInput ToManifest()
    {
        lock (_gate)
        {
            return new ManifestInput
            {
                Name = Name,
                Tables = Tables,
                Bytes = Bytes,
                BytesRead = BytesRead,
                Rows = Rows,
                Batches = Batches,
                Fingerprint = Fingerprint,
                ReplayOf = ReplayOf,
                Quarantined = Counts(),
                Duplicates = Duplicates,
                Skipped = [.. _skipped.OrderBy(static skip => skip.Batch).Select(static skip => skip.Message)],
            };
        }
    }

    private List<KeyValuePair<string, long>> Counts() =>
    [
        .. _quarantined.Select(static (count, reason) => KeyValuePair.Create(QuarantineNames.Of((QuarantineReason)reason), count))
            .Where(static pair => pair.Value > 0)
            .OrderBy(static pair => pair.Key, StringComparer.Ordinal),
    ];
}
