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
    public required string Name { get; set; }

    /// <summary>Its size.</summary>
    public long Bytes { get; set; }

    /// <summary>Its content fingerprint, or null.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>When the input last changed, ticks of UTC; 0 = unknown. Tells streams in files apart without reading them.</summary>
    public long Modified { get; set; }

    /// <summary>How many batches the input has; 0 = not known before its end.</summary>
    public long BatchTotal { get; set; }

    /// <summary>The batches that were read, skipped ones included.</summary>
    public BatchRanges Coverage { get; private init; } = new();

    /// <summary>Whether nothing of the input is left to read.</summary>
    public bool IsWhole => Coverage.Count >= BatchTotal;

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

    /// <summary>Quarantined rows by reason, reasons in ordinal order.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Quarantined => Counts();

    /// <summary>What was skipped, by batch; batch -1 = the whole input.</summary>
    public IReadOnlyList<(long Batch, string Message)> Skipped
    {
        get
        {
            lock (_gate)
            {
                return [.. _skipped.OrderBy(static skip => skip.Batch)];
            }
        }
    }

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

    /// <summary>Adds what another state has seen of the same input: other batches of it.</summary>
    public void MergeFrom(InputTally other)
    {
        Tables ??= other.Tables;
        Bytes = Math.Max(Bytes, other.Bytes);
        BatchTotal = Math.Max(BatchTotal, other.BatchTotal);
        Duplicates += other.Duplicates;
        Coverage.Add(other.Coverage);
        Add(other.Rows, other.Batches, other.BytesRead);
        for (var reason = 0; reason < _quarantined.Length; reason++)
        {
            Quarantine((QuarantineReason)reason, Interlocked.Read(ref other._quarantined[reason]));
        }

        lock (_gate)
        {
            _skipped.AddRange(other._skipped);
        }
    }

    /// <summary>Adds counts of several batches.</summary>
    public void Add(long rows, long batches, long bytesRead)
    {
        Interlocked.Add(ref _rows, rows);
        Interlocked.Add(ref _batches, batches);
        Interlocked.Add(ref _bytesRead, bytesRead);
    }

    /// <summary>A tally of the same input that has seen nothing yet.</summary>
    public InputTally Empty() => new()
    {
        Name = Name,
        Bytes = Bytes,
        Fingerprint = Fingerprint,
        Modified = Modified,
        BatchTotal = BatchTotal,
        Tables = Tables,
    };

    /// <summary>A tally of its own with the same counts.</summary>
    public InputTally Copy()
    {
        var copy = Empty();
        copy.ReplayOf = ReplayOf;
        copy.MergeFrom(this);
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
