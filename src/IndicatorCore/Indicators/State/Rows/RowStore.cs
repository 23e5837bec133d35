using IndicatorCore.Aggregation;
using IndicatorCore.Spilling;

namespace IndicatorCore.Indicators.State.Rows;

/// <summary>
/// The rows of a run under <c>--dedup rows</c>, kept until all are there: only then is it known which of them count. They are sorted piece by
/// piece; what the memory budget does not hold goes to disk, and all pieces are merged when someone asks. The order of rows depends on the
/// rows alone.
/// </summary>
/// <param name="space">What the stores of an engine share.</param>
internal sealed class RowStore(RowSpace space)
{
    private const int FirstSegment = 1 << 12;
    private const int MostSmallRuns = 128;
    private const int CheckEvery = 1 << 12;
    private const int BytesOfPlace = sizeof(ulong) + sizeof(int);

    private readonly List<RowRun> _runs = [];
    private readonly HashSet<int> _shapes = [];
    private readonly HashSet<int> _inputs = [];
    private byte[] _segment = [];   // rows as they came
    private int _length;
    private ulong[] _prefixes = [];
    private int[] _places = [];
    private int _rows;
    private long _reserved;         // of the segment
    private long _inMemory;         // of the runs
    private int _lastShape = -1;
    private int _lastInput = -1;

    /// <summary>What the stores of an engine share.</summary>
    public RowSpace Space { get; } = space;

    /// <summary>Whether this is the engine's store, not a worker's: it may keep more in memory.</summary>
    public bool IsEngines { get; init; }

    /// <summary>Rows kept.</summary>
    public long Count => _rows + _runs.Sum(static run => run.Count);

    /// <summary>Rows of them on disk.</summary>
    public long SpilledCount => _runs.Sum(static run => run.File is null ? 0 : run.Count);

    /// <summary>The shapes of the rows, ordered by their text.</summary>
    public List<RowShape> Shapes => [.. _shapes.Select(Space.Shape).OrderBy(static shape => shape.Text, StringComparer.Ordinal)];

    /// <summary>The inputs of the rows, ordered by name.</summary>
    public List<int> Inputs => [.. _inputs.OrderBy(Space.Inputs.Name, StringComparer.Ordinal)];

    /// <summary>The files of rows on disk.</summary>
    public IEnumerable<SpillFile> Files => _runs.Select(static run => run.File).OfType<SpillFile>();

    private long Most => IsEngines ? Space.MostOfEngine : Space.MostOfWorker;

    /// <summary>Keeps a row of a chunk.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="key">The record key's hash.</param>
    /// <param name="payload">The payload's hash.</param>
    /// <param name="revision">The revision, or the smallest number without one.</param>
    /// <param name="ingestSequence">The ingest sequence, or the smallest number without one.</param>
    /// <param name="input">The number of the input's name.</param>
    /// <param name="chunk">The chunk.</param>
    /// <param name="row">The row in it.</param>
    /// <exception cref="Errors.LimitExceededException">The budget does not hold what one segment takes.</exception>
    /// <exception cref="Errors.SpillException">The disk does not take what it does not hold.</exception>
    public void Add(RowShape shape, UInt128 key, UInt128 payload, long revision, long ingestSequence, int input, RowChunk chunk, int row)
    {
        var record = Room(shape.RecordBytes);
        RowRecord.WriteHead(record, key, payload, revision, ingestSequence);
        RowRecord.WriteRow(record, shape, input, chunk, row);
        Take(record);
    }

    /// <summary>Keeps a row of a whole record.</summary>
    /// <exception cref="Errors.LimitExceededException">The budget does not hold what one segment takes.</exception>
    /// <exception cref="Errors.SpillException">The disk does not take what it does not hold.</exception>
    public void Add(ReadOnlySpan<byte> record)
    {
        var room = Room(record.Length);
        record.CopyTo(room);
        Take(room);
    }

    /// <summary>Takes over another store of the same engine, which is empty afterwards.</summary>
    /// <exception cref="Errors.SpillException">The disk does not take what the budget does not hold.</exception>
    public void TakeFrom(RowStore other)
    {
        other.Seal();
        _runs.AddRange(other._runs);
        _inMemory += other._inMemory;
        _shapes.UnionWith(other._shapes);
        _inputs.UnionWith(other._inputs);
        other._runs.Clear();
        other._inMemory = 0;
        other.Clear();
        Fit();
    }

    /// <summary>All rows in their order. The store must not change meanwhile.</summary>
    /// <exception cref="Errors.LimitExceededException">The budget does not hold a block of each run on disk.</exception>
    /// <exception cref="Errors.SpillException">A run cannot be read back, or the disk does not take what is merged first.</exception>
    public RowMerge InOrder()
    {
        Seal();
        Space.DropPages();   // what is folded needs the memory
        while (_runs.Count(static run => run.File is not null) > 2 * Space.FanIn)
        {
            var least = _runs.Where(static run => run.File is not null).OrderBy(static run => run.Count).Take(Space.FanIn).ToList();
            Replace(least, ToDisk(least, least.Max(static run => run.Level) + 1));
        }

        return new RowMerge(Space, _runs);
    }

    /// <summary>Gives memory and disk back; the store is empty afterwards.</summary>
    public void Clear()
    {
        FreeSegment();
        foreach (var run in _runs)
        {
            run.File?.Dispose();
        }

        Space.Budget.Release(_inMemory);
        _inMemory = 0;
        _runs.Clear();
        _shapes.Clear();
        _inputs.Clear();
        (_lastShape, _lastInput) = (-1, -1);
    }

    /// <summary>Walks over records in their order, asking every so often whether to stop.</summary>
    internal static void Walk(RowMerge rows, CancellationToken cancellationToken, Action<RowMerge> take)
    {
        for (var i = 0; rows.TryNext(); i++)
        {
            if (i % CheckEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            take(rows);
        }
    }

    private Span<byte> Room(int length)
    {
        if (_segment.Length - _length < length || _rows == _places.Length)
        {
            MakeRoom(length);
        }

        return _segment.AsSpan(_length, length);
    }

    private void Take(ReadOnlySpan<byte> record)
    {
        _prefixes[_rows] = RowRecord.PrefixOf(record);
        _places[_rows++] = _length;
        _length += record.Length;
        var (shape, input) = (RowRecord.ShapeOf(record), RowRecord.InputOf(record));
        if (shape != _lastShape || input != _lastInput)
        {
            (_lastShape, _lastInput) = (shape, input);
            _shapes.Add(shape);
            _inputs.Add(input);
        }
    }

    private void MakeRoom(int length)
    {
        if (_length >= Space.SegmentBytes)
        {
            Seal();
            Fit();
        }

        var bytes = Math.Max(Math.Max(FirstSegment, _segment.Length * 2), _length + length);
        var places = Math.Max(_places.Length, bytes / RowRecord.KeysAt);
        var more = (bytes - _segment.Length) + ((long)(places - _places.Length) * BytesOfPlace);
        if (!Space.Budget.TryReserve(more))
        {
            // others have taken the memory: what is here goes to disk, and the next rows start small
            SpillAll();
            (bytes, places) = (Math.Max(FirstSegment, length), FirstSegment / RowRecord.KeysAt);
            more = bytes + ((long)places * BytesOfPlace);
            Space.Budget.Reserve(more, RowSpace.What, "Give more with --memory, or compute fewer groups, days or indicators at once.");
        }

        _reserved += more;
        Array.Resize(ref _segment, bytes);
        Array.Resize(ref _prefixes, places);
        Array.Resize(ref _places, places);
    }

    // rows that came become a run of rows in their order
    private void Seal()
    {
        if (_rows > 0)
        {
            Sort();
            if (NewMemory(_length) is not { } records)
            {
                SpillAll();
            }
            else
            {
                var at = 0;
                foreach (var place in _places.AsSpan(0, _rows))
                {
                    var record = _segment.AsSpan(place);
                    record = record[..Space.LengthOf(record)];
                    record.CopyTo(records.AsSpan(at));
                    at += record.Length;
                }

                _inMemory += records.Length;
                _runs.Add(new RowRun(records, _length, _rows));
            }
        }

        // a full segment is filled again; a smaller one may be the last
        if (_segment.Length > Space.SegmentBytes || _length < Space.SegmentBytes)
        {
            FreeSegment();
        }

        (_length, _rows) = (0, 0);
    }

    // a page for what fills one, else no more than it takes; null where the budget does not hold it
    private byte[]? NewMemory(int length)
    {
        var isPage = length > Space.PageBytes / 2 && length <= Space.PageBytes;
        if (isPage && Space.RentPage() is { } page)
        {
            return page;
        }

        var bytes = isPage ? Space.PageBytes : length;
        return Space.Budget.TryReserve(bytes) ? new byte[bytes] : null;
    }

    private void Sort()
    {
        var prefixes = _prefixes.AsSpan(0, _rows);
        var places = _places.AsSpan(0, _rows);
        prefixes.Sort(places);
        for (var start = 0; start < prefixes.Length;)
        {
            var end = start + 1;
            while (end < prefixes.Length && prefixes[end] == prefixes[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                places[start..end].Sort((left, right) => Space.Compare(_segment.AsSpan(left), _segment.AsSpan(right)));
            }

            start = end;
        }
    }

    // what is over the store's share goes to disk, and what is in very many pieces is put together
    private void Fit()
    {
        if (_inMemory > Most)
        {
            SpillAll();
        }

        var small = _runs.Where(run => run.File is null && run.Bytes < Space.SegmentBytes / 2).ToList();
        if (small.Count >= MostSmallRuns)
        {
            PutTogether(small);
        }
    }

    private void PutTogether(List<RowRun> small)
    {
        var bytes = small.Sum(static run => (long)run.Length);
        if (!Space.Budget.TryReserve(bytes))
        {
            SpillAll();
            return;
        }

        var whole = new List<RowRun>();
        try
        {
            using var rows = new RowMerge(Space, small);
            var records = new byte[Math.Min(bytes, Space.PageBytes)];
            var (length, count) = (0, 0);
            Walk(rows, Space.Spill.Cancellation, rows =>
            {
                var record = rows.Record;
                if (records.Length - length < record.Length)
                {
                    whole.Add(new RowRun(records[..length], length, count));
                    (length, count) = (0, 0);
                }

                record.CopyTo(records.AsSpan(length));
                length += record.Length;
                count++;
            });
            whole.Add(new RowRun(records[..length], length, count));
        }
        finally
        {
            Space.Budget.Release(bytes);   // of the old ones or, if that was stopped, of the new ones
        }

        _runs.RemoveAll(small.Contains);
        _runs.AddRange(whole);
    }

    private void SpillAll()
    {
        if (_rows > 0)
        {
            // sorted where it is: there is no memory for a copy
            Sort();
            var file = Space.Spill.Create();
            try
            {
                var writer = new SpillWriter(file);
                foreach (var place in _places.AsSpan(0, _rows))
                {
                    var record = _segment.AsSpan(place);
                    writer.Add(record[..Space.LengthOf(record)]);
                }

                writer.Flush();
            }
            catch
            {
                file.Dispose();
                throw;
            }

            _runs.Add(new RowRun(file, _rows, level: 0));
        }

        FreeSegment();
        var inMemory = _runs.Where(static run => run.File is null).ToList();
        if (inMemory.Count > 0)
        {
            Replace(inMemory, ToDisk(inMemory, level: 0));
        }

        for (var level = 0; ; level++)
        {
            var same = _runs.Where(run => run.File is not null && run.Level == level).ToList();
            if (same.Count >= Space.FanIn)
            {
                Replace(same, ToDisk(same, level + 1));
            }
            else if (!_runs.Exists(run => run.Level > level))
            {
                break;
            }
        }
    }

    private RowRun ToDisk(List<RowRun> runs, int level)
    {
        var file = Space.Spill.Create();
        try
        {
            var writer = new SpillWriter(file);
            using (var rows = new RowMerge(Space, runs))
            {
                Walk(rows, Space.Spill.Cancellation, rows => writer.Add(rows.Record));
            }

            writer.Flush();
            return new RowRun(file, runs.Sum(static run => run.Count), level);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private void Replace(List<RowRun> runs, RowRun by)
    {
        foreach (var run in runs)
        {
            run.File?.Dispose();
            _inMemory -= run.Bytes;
            if (run.Bytes == Space.PageBytes)
            {
                Space.ReturnPage(run.Memory!);
            }
            else
            {
                Space.Budget.Release(run.Bytes);
            }
        }

        _runs.RemoveAll(runs.Contains);
        _runs.Add(by);
    }

    private void FreeSegment()
    {
        Space.Budget.Release(_reserved);
        _reserved = 0;
        (_segment, _length, _prefixes, _places, _rows) = ([], 0, [], [], 0);
    }
}
