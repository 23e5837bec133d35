using IndicatorCore.Aggregation;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.State;

/// <summary>What was seen of one input; workers add to it by batch.</summary>
internal sealed class InputTally
{
    private readonly long[] _quarantined = new long[QuarantineNames.Count];
    private readonly Lock _gate = new();
    private readonly List<SkippedPart> _skipped = [];
    private SkippedPart? _zone;
    private long? _batchesDeclared;
    private long? _rowsDeclared;
    private long _rows;
    private long _batches;
    private long _bytesRead;
    private long _bytesSkipped;

    /// <summary>The input's name.</summary>
    public required string Name { get; set; }

    /// <summary>Its size.</summary>
    public long Bytes { get; set; }

    /// <summary>Its content fingerprint, or null; also null when it is skipped whole, so that an equal input that can be read counts.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>When the input last changed, ticks of UTC; 0 = unknown. Tells streams in files apart without reading them.</summary>
    public long Modified { get; set; }

    /// <summary>How many batches the input has; 0 = not known before its end.</summary>
    public long BatchTotal { get; set; }

    /// <summary>The batches that were read, skipped ones included.</summary>
    public BatchRanges Coverage { get; private init; } = new();

    /// <summary>Whether it comes from a state file, so that its name need not lead to it here.</summary>
    public bool IsKept { get; init; }

    /// <summary>Whether nothing of the input is left to read.</summary>
    public bool IsWhole => Coverage.Count >= BatchTotal;

    /// <summary>The name of the input of which this is a replay, or null.</summary>
    public string? ReplayOf { get; private set; }

    /// <summary>The tables that it feeds.</summary>
    public string? Tables { get; private set; }

    /// <summary>The columns that are read of it.</summary>
    public IReadOnlyList<QuarantinedColumn> Columns { get; private set; } = [];

    /// <summary>Exact duplicates among its rows.</summary>
    public long Duplicates { get; set; }

    /// <summary>How many rows the input says it has, or null where that is not known before its end.</summary>
    public long? RowsDeclared => _rowsDeclared;

    /// <summary>Rows read.</summary>
    public long Rows => Volatile.Read(ref _rows);

    /// <summary>Batches read.</summary>
    public long Batches => Volatile.Read(ref _batches);

    /// <summary>Stored bytes read.</summary>
    public long BytesRead => Volatile.Read(ref _bytesRead);

    /// <summary>Stored bytes of the batches read that were left unread.</summary>
    public long BytesSkipped => Volatile.Read(ref _bytesSkipped);

    /// <summary>Quarantined rows by reason, reasons in ordinal order.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Quarantined => Counts();

    /// <summary>What was skipped: what an undeclared zone costs, then parts by batch.</summary>
    public IReadOnlyList<SkippedPart> Skipped
    {
        get
        {
            lock (_gate)
            {
                return [.. _zone is null ? [] : new[] { _zone }, .. _skipped.OrderBy(static part => part.Batch)];
            }
        }
    }

    /// <summary>Counts a batch.</summary>
    public void Batch(long rows, long bytesRead, long bytesSkipped) => Add(rows, batches: 1, bytesRead, bytesSkipped);

    /// <summary>Counts quarantined rows.</summary>
    public void Quarantine(QuarantineReason reason, long rows) => Interlocked.Add(ref _quarantined[(int)reason], rows);

    /// <summary>Notes what is read of it.</summary>
    public void Bind(InputBinding binding)
    {
        Tables = string.Join(',', binding.Feeds.Select(static table => table.Name));
        Columns = binding.ReadColumns;
    }

    /// <summary>Notes how much it holds, to be told should it be skipped.</summary>
    public void Declare(long batches, long rows) => (_batchesDeclared, _rowsDeclared) = (batches, rows);

    /// <summary>Notes that nothing of it counts because another input holds the same.</summary>
    public void Replay(InputTally first)
    {
        ReplayOf = first.Name;
        Array.Clear(_quarantined);
        _skipped.Clear();
        _zone = null;
    }

    /// <summary>Notes that a batch was skipped.</summary>
    public void Skip(long batch, long rows, IndicatorDataException fault)
    {
        lock (_gate)
        {
            _skipped.Add(SkippedPart.Of(fault, batch, batches: 1, rows));
        }
    }

    /// <summary>Adds what another state has seen of the same input: other batches of it.</summary>
    public void MergeFrom(InputTally other)
    {
        Tables ??= other.Tables;
        Columns = Columns.Count == 0 ? other.Columns : Columns;
        Bytes = Math.Max(Bytes, other.Bytes);
        BatchTotal = Math.Max(BatchTotal, other.BatchTotal);
        Duplicates += other.Duplicates;
        Coverage.Add(other.Coverage);
        Add(other.Rows, other.Batches, other.BytesRead, other.BytesSkipped);
        for (var reason = 0; reason < _quarantined.Length; reason++)
        {
            Quarantine((QuarantineReason)reason, Interlocked.Read(ref other._quarantined[reason]));
        }

        foreach (var part in other.Skipped)
        {
            Skip(part);
        }
    }

    /// <summary>Notes what another state has skipped.</summary>
    public void Skip(SkippedPart part)
    {
        lock (_gate)
        {
            if (part.Reason != SkippedPart.ZoneUndeclared)
            {
                _skipped.Add(part);
            }
            else
            {
                _zone = _zone is null ? part : _zone with { Batches = _zone.Batches + part.Batches, Rows = _zone.Rows + part.Rows };
            }
        }
    }

    /// <summary>Notes what another state has read: tables and columns by name.</summary>
    public void Bind(string? tables, IEnumerable<string> columns) => (Tables, Columns) = (tables, [.. columns.Select(static name => new QuarantinedColumn(-1, name))]);

    /// <summary>Adds counts of several batches.</summary>
    public void Add(long rows, long batches, long bytesRead, long bytesSkipped)
    {
        Interlocked.Add(ref _rows, rows);
        Interlocked.Add(ref _batches, batches);
        Interlocked.Add(ref _bytesRead, bytesRead);
        Interlocked.Add(ref _bytesSkipped, bytesSkipped);
    }

    /// <summary>A tally of the same input that has seen nothing yet.</summary>
    public InputTally Empty() => Empty(IsKept);

    private InputTally Empty(bool isKept) => new()
    {
        Name = Name,
        IsKept = isKept,
        Bytes = Bytes,
        Fingerprint = Fingerprint,
        Modified = Modified,
        BatchTotal = BatchTotal,
        Tables = Tables,
        Columns = Columns,
    };

    /// <summary>Notes that the whole input was skipped: nothing that was read of it before counts.</summary>
    public void Skip(Exception fault)
    {
        lock (_gate)
        {
            _skipped.Clear();
            _skipped.Add(SkippedPart.Of(fault, batch: null, _batchesDeclared, _rowsDeclared));
            _zone = null;
            Array.Clear(_quarantined);
            (_rows, _batches, Duplicates, Fingerprint) = (0, 0, 0, null);
        }
    }

    /// <summary>Counts a batch whose stamps are of an undeclared zone: its rows are quarantined, and so the input is skipped.</summary>
    /// <param name="binding">The input's.</param>
    /// <param name="rows">The batch's, or those of a part of it.</param>
    /// <param name="isPart">Whether an earlier part of the same batch was counted.</param>
    public void SkipZone(InputBinding binding, int rows, bool isPart)
    {
        Quarantine(QuarantineReason.TzUndeclared, rows);
        lock (_gate)
        {
            _zone ??= new SkippedPart
            {
                Reason = SkippedPart.ZoneUndeclared,
                Message = binding.ZoneFault!.Message,
                Table = binding.Table.Name,
                Column = binding.ZoneFault.Location.Column,
                Batches = 0,
                Rows = 0,
            };
            _zone = _zone with { Batches = _zone.Batches + (isPart ? 0 : 1), Rows = _zone.Rows + rows };
        }
    }

    /// <summary>The tables that a fault found before binding touches, as bits: its own where it names one, else all.</summary>
    public static long TablesOf(Exception fault) =>
        fault is IndicatorDataException { Location.Table: { } table } && table != TableCatalog.Telemetry && TableCatalog.Find(table) is not null
            ? 1L << TableCatalog.IndexOf(table)
            : -1;

    /// <summary>A tally of its own with the same counts.</summary>
    public InputTally Copy() => Copy(IsKept);

    /// <summary>A tally of its own with the same counts.</summary>
    /// <param name="isKept">Whether it comes from a state file.</param>
    public InputTally Copy(bool isKept)
    {
        var copy = Empty(isKept);
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
                BytesSkipped = BytesSkipped,
                Rows = Rows,
                Batches = Batches,
                Fingerprint = Fingerprint,
                ReplayOf = ReplayOf,
                Quarantined = Counts(),
                Duplicates = Duplicates,
                Columns = [.. Columns.Select(static column => column.Name)],
                Skipped = Skipped,
            };
        }
    }

    // plain loops here and where reports are put together: LINQ over pairs is compiled at run time, and start-up is made of that
    private List<KeyValuePair<string, long>> Counts()
    {
        var counts = new List<KeyValuePair<string, long>>();
        for (var reason = 0; reason < _quarantined.Length; reason++)
        {
            if (_quarantined[reason] > 0)
            {
                counts.Add(KeyValuePair.Create(QuarantineNames.Of((QuarantineReason)reason), _quarantined[reason]));
            }
        }

        counts.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        return counts;
    }
}
