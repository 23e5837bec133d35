using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.Ipc;

/// <summary>
/// Reads the Arrow IPC file format by its footer alone, with positioned reads of only the buffers that a projection needs.
/// Source: Arrow Columnar.rst, "IPC File Format". Serves any number of threads, each with its own <see cref="BatchLease"/>.
/// </summary>
/// <remarks>
/// A fault found by <see cref="Read"/> (framing, metadata, dictionaries, I/O) concerns the whole file: the reader is poisoned, further reads
/// throw the same. A fault found by <see cref="BatchLease.Decode"/> concerns that batch alone. Dictionaries are loaded when a projection first
/// needs them, with all their deltas; dictionaries and embedded messages that no field or footer entry names are ignored.
/// Feature bits of the schema are not looked at: each message says itself what it uses.
/// The file must not be changed while it is open; that it was is noticed where reading fails, and by <see cref="CheckUnchanged"/>.
/// </remarks>
public sealed class IpcFileReader : IDisposable
{
    private readonly Lock _dictionaryLock = new();
    private readonly RandomAccessInput _input;
    private readonly IpcReaderOptions _options;
    private readonly string _name;
    private readonly FileFooter _footer;
    private readonly ReaderMemory _memory;
    private readonly BatchDecoder _decoder;
    private readonly FileDictionaries _dictionaries;
    private readonly bool[] _areDictionariesLoaded;
    private readonly int[] _rows;
    private Exception? _fault;
    private bool _isDisposed;

    private IpcFileReader(RandomAccessInput input, string name, IpcReaderOptions? options)
    {
        _input = input;
        _name = name;
        _options = options ?? IpcReaderOptions.Default;
        try
        {
            _footer = FileFooter.Read(input, _options);
        }
        catch (Exception fault)
        {
            input.Dispose();
            (fault as IndicatorDataException)?.At(new DataLocation(name));
            throw;
        }

        _memory = new ReaderMemory(_options);
        _decoder = new BatchDecoder(name, _memory);
        _dictionaries = new FileDictionaries(input, _footer, _decoder, _memory);
        _areDictionariesLoaded = new bool[Schema.Fields.Count];
        _rows = new int[BatchCount];
        _rows.AsSpan().Fill(-1);
    }

    /// <summary>The schema of the footer.</summary>
    public Schema Schema => _footer.Schema;

    /// <summary>The footer's own metadata, of which the stream in the file knows nothing.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> FooterMetadata => _footer.Metadata;

    /// <summary>The number of record batches that the footer lists.</summary>
    public int BatchCount => _footer.Batches.Length;

    /// <summary>The file's length when it was opened, in bytes.</summary>
    public long Length => _input.Length;

    /// <summary>All bytes read so far.</summary>
    public long BytesRead => _input.BytesRead;

    /// <summary>What errors call the file.</summary>
    internal string Name => _name;

    /// <summary>Whether a fault was met that concerns the whole file.</summary>
    internal bool IsPoisoned => _fault is not null;

    /// <summary>Validates what was read.</summary>
    internal BatchDecoder Decoder => _decoder;

    /// <summary>Opens a file and reads its footer.</summary>
    /// <exception cref="IndicatorDataException">It is not an Arrow file that can be read here.</exception>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    public static IpcFileReader Open(string path, IpcReaderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new IpcFileReader(new RandomAccessInput(path), path, options);
    }

    /// <summary>Opens a file that lies in memory. Uncompressed buffers are looked at in place: the bytes must stay as they are.</summary>
    /// <exception cref="IndicatorDataException">It is not an Arrow file that can be read here.</exception>
    public static IpcFileReader Open(ReadOnlyMemory<byte> bytes, string name, IpcReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new IpcFileReader(new RandomAccessInput(bytes), name, options);
    }

    /// <summary>Reads an input of any kind.</summary>
    internal static IpcFileReader Open(RandomAccessInput input, string name, IpcReaderOptions? options = null) => new(input, name, options);

    /// <summary>The stored bytes of each batch, metadata and body, as the footer says; reads nothing.</summary>
    internal long[] StoredBytes() => [.. _footer.Batches.Select(static block => block.MetadataLength + block.BodyLength)];

    /// <summary>What the file says of a batch; reads its metadata.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such batch.</exception>
    /// <exception cref="IndicatorDataException">The batch's metadata is faulty.</exception>
    public IpcBatchInfo BatchInfo(int batch)
    {
        Check(batch);
        using var lease = new BatchLease();
        return Guard(batch, (Reader: this, Lease: lease, Block: _footer.Batches[batch]), static state =>
        {
            var budget = 0L;
            var metadata = state.Reader._dictionaries.ReadMetadata(state.Block, state.Lease);
            var message = FileDictionaries.Parse(metadata, state.Block, MessageKind.RecordBatch, ref budget);
            var codec = BodyLayout.Compression(message.Header).CodecId;
            return new IpcBatchInfo(
                BodyLayout.Rows(message.Header, state.Reader._options),
                state.Block.Offset,
                state.Block.MetadataLength,
                state.Block.BodyLength,
                codec < 0 ? null : codec);
        });
    }

    /// <summary>Reads the stored bytes of a batch's needed buffers into a lease; decoding them is left to <see cref="BatchLease.Decode"/>.</summary>
    /// <param name="batch">From 0 to <see cref="BatchCount"/> - 1, in the footer's order.</param>
    /// <param name="projection">The columns needed.</param>
    /// <param name="into">What to fill; its former batch is gone.</param>
    /// <param name="cancellationToken">Looked at before each read of at most 4 MiB.</param>
    /// <exception cref="ArgumentException">The projection is for another schema, or there is no such batch.</exception>
    /// <exception cref="IndicatorDataException">The file is faulty; see the remarks of this class.</exception>
    /// <exception cref="IOException">Reading failed.</exception>
    public void Read(int batch, Projection projection, BatchLease into, CancellationToken cancellationToken = default)
    {
        Check(batch);
        ArgumentNullException.ThrowIfNull(projection);
        ArgumentNullException.ThrowIfNull(into);
        projection.CheckAgainst(Schema);
        into.Forget();
        var state = (Reader: this, Batch: batch, Projection: projection, Lease: into, Token: cancellationToken);
        Guard(batch, state, static state =>
        {
            state.Reader.LoadDictionaries(state.Projection, state.Token);
            var block = state.Reader._footer.Batches[state.Batch];
            var count = state.Reader.Assign(state.Batch, state.Projection, state.Lease);
            var ranges = state.Lease.Ranges.AsSpan(0, count);
            var body = BodyFetch.Read(state.Reader._input, block.BodyOffset, ranges, state.Lease, state.Reader._memory, state.Token);
            state.Lease.BytesRead = block.MetadataLength + body;
            state.Lease.BytesSkipped = block.BodyLength - body;
            state.Reader._dictionaries.Store.Bind(state.Lease);
            state.Lease.Complete(state.Reader._decoder);
            return 0;
        });
    }

    /// <summary>The stored byte ranges of the buffers that a projection needs of a batch, by position; overlaps and gaps as they are stored.</summary>
    /// <exception cref="ArgumentException">The projection is for another schema, or there is no such batch.</exception>
    /// <exception cref="IndicatorDataException">The batch's metadata is faulty.</exception>
    public (long Offset, long Length)[] NeededRanges(int batch, Projection projection)
    {
        using var lease = new BatchLease();
        return NeededRanges(batch, projection, lease);
    }

    /// <summary>The same, with a lease as scratch, which then tells the batch's rows.</summary>
    internal (long Offset, long Length)[] NeededRanges(int batch, Projection projection, BatchLease scratch)
    {
        Check(batch);
        projection.CheckAgainst(Schema);
        return Guard(batch, (Reader: this, Batch: batch, Projection: projection, Lease: scratch), static state =>
        {
            var count = state.Reader.Assign(state.Batch, state.Projection, state.Lease);
            var ranges = state.Lease.Ranges.AsSpan(0, count);
            var start = state.Reader._footer.Batches[state.Batch].BodyOffset;
            var result = new (long, long)[ranges.Length];
            for (var i = 0; i < ranges.Length; i++)
            {
                result[i] = (start + ranges[i].Offset, ranges[i].Length);
            }

            return result;
        });
    }

    /// <summary>A batch of very many rows, to be read in windows; null when it is small, or has needed columns that must be whole.</summary>
    /// <exception cref="ArgumentException">The projection is for another schema.</exception>
    /// <exception cref="IndicatorDataException">The file is faulty; see the remarks of this class.</exception>
    internal BatchWindows? Windows(int batch, Projection projection, CancellationToken cancellationToken)
    {
        Check(batch);
        projection.CheckAgainst(Schema);
        var known = Volatile.Read(ref _rows[batch]);
        if ((known >= 0 ? known : BatchInfo(batch).Rows) <= _options.LargeBatchRows)
        {
            return null;
        }

        var plan = new BatchLease();
        BatchWindows? windows = null;
        try
        {
            windows = Guard(batch, (Reader: this, Batch: batch, Projection: projection, Plan: plan, Token: cancellationToken), static state =>
            {
                state.Reader.LoadDictionaries(state.Projection, state.Token);
                state.Reader.Assign(state.Batch, state.Projection, state.Plan);
                state.Reader._dictionaries.Store.Bind(state.Plan);
                return BatchWindows.Of(state.Reader, state.Reader._options, state.Plan, state.Reader._footer.Batches[state.Batch]);
            });
            return windows;
        }
        finally
        {
            if (windows is null)
            {
                plan.Dispose();
            }
        }
    }

    /// <summary>Reads the ranges that the slots of a lease's loaded columns name; gives the bytes read.</summary>
    internal long ReadRanges(BatchLease into, FileBlock block, CancellationToken cancellationToken)
    {
        Check(batch: null);
        return Guard((int)into.BatchOrdinal, (Reader: this, Lease: into, Block: block, Token: cancellationToken), static state =>
        {
            var count = BodyLayout.Ranges(state.Lease);   // may make room for them
            return BodyFetch.Read(
                state.Reader._input, state.Block.BodyOffset, state.Lease.Ranges.AsSpan(0, count), state.Lease, state.Reader._memory, state.Token);
        });
    }

    /// <summary>Reads a part of a batch's body.</summary>
    internal void ReadBody(long batch, FileBlock block, long offset, Memory<byte> into)
    {
        Check(batch: null);
        Guard((int)batch, (Reader: this, Offset: block.BodyOffset + offset, Into: into), static state =>
        {
            state.Reader._input.Read(state.Offset, state.Into.Span);
            return 0;
        });
    }

    /// <summary>Notes that a window is about to be decompressed; refused above the limits.</summary>
    internal void TakeForWindow(BatchLease lease, long bytes) => _memory.CheckDecoded(lease, bytes, isVarying: false);

    /// <summary>The byte ranges of the dictionary messages that a projection needs, in the footer's order: prefix, metadata and body.</summary>
    /// <exception cref="ArgumentException">The projection is for another schema.</exception>
    /// <exception cref="IndicatorDataException">A dictionary's metadata is faulty.</exception>
    public (long Offset, long Length)[] NeededDictionaryRanges(Projection projection)
    {
        Check(batch: null);
        projection.CheckAgainst(Schema);
        return Guard(batch: null, (Reader: this, Projection: projection), static state =>
        {
            lock (state.Reader._dictionaryLock)
            {
                return state.Reader._dictionaries.Ranges(state.Projection);
            }
        });
    }

    /// <summary>
    /// Checks that the file is as it was when it was opened: device, inode, size and time of change, of the open file and of what its path
    /// leads to now. A rewrite of the same size within one tick of the file system's clock is not noticed.
    /// </summary>
    /// <exception cref="InputChangedException">It was written to, replaced or removed.</exception>
    public void CheckUnchanged()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _input.CheckUnchanged();
    }

    /// <summary>Closes the file; leases that were filled stay valid.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _input.Dispose();
    }

    private void Check(int? batch)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (batch is { } ordinal)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(ordinal, nameof(batch));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ordinal, BatchCount, nameof(batch));
        }

        if (_fault is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>Runs an action on the file; a fault gets its place and poisons the reader.</summary>
    private TResult Guard<TState, TResult>(int? batch, TState state, Func<TState, TResult> action)
    {
        try
        {
            return action(state);
        }
        catch (IndicatorDataException fault)
        {
            var cause = Cause(fault);
            cause.At(new DataLocation(_name, Batch: batch, Offset: batch is { } ordinal ? _footer.Batches[ordinal].Offset : null));
            _fault = cause;
            if (ReferenceEquals(cause, fault))
            {
                throw;
            }

            throw cause;
        }
        catch (IOException fault)
        {
            _fault = fault;
            throw;
        }
    }

    /// <summary>A file that changed under the reader looks malformed: then that it changed is what to say.</summary>
    private IndicatorDataException Cause(IndicatorDataException fault)
    {
        try
        {
            _input.CheckUnchanged();
            return fault;
        }
        catch (InputChangedException changed)
        {
            return changed;
        }
        catch (Exception other) when (other is IOException or UnauthorizedAccessException)
        {
            return fault;
        }
    }

    private int Assign(int batch, Projection projection, BatchLease lease)
    {
        var block = _footer.Batches[batch];
        var metadata = _dictionaries.ReadMetadata(block, lease);
        var budget = 0L;
        var message = FileDictionaries.Parse(metadata, block, MessageKind.RecordBatch, ref budget);
        var rows = BodyLayout.Rows(message.Header, _options);
        Volatile.Write(ref _rows[batch], rows);
        lease.Begin(Schema, batch, block.Offset, rows);
        for (var i = 0; i < projection.Count; i++)
        {
            lease.Load(i, projection.Needs(i));
        }

        return BodyLayout.Assign(message.Header, message.IsV4, message.BodyLength, lease, _options);
    }

    private void LoadDictionaries(Projection projection, CancellationToken cancellationToken)
    {
        for (var i = 0; i < projection.Count; i++)
        {
            if (!projection.Needs(i) || Volatile.Read(ref _areDictionariesLoaded[i]))
            {
                continue;
            }

            lock (_dictionaryLock)
            {
                _dictionaries.Load(Schema.Fields[i], cancellationToken);
            }

            Volatile.Write(ref _areDictionariesLoaded[i], true);
        }
    }
}
