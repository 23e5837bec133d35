using IndicatorCore.Memory;

namespace IndicatorCore.Columns;

/// <summary>Owns the memory of one batch. A reader fills it, its worker decodes it and looks at it through <see cref="View"/>.</summary>
/// <remarks>
/// The same lease can be filled again and again: its memory is reused, and what was there before is gone. It serves one thread at a time.
/// Reading fills it with stored bytes; <see cref="Decode"/> decompresses and validates them.
/// </remarks>
public sealed class BatchLease : IDisposable
{
    private static readonly Schema s_none = new() { Fields = [] };
    private ColumnData[] _columns = [];
    private bool[] _loaded = [];
    private IBatchDecoder? _pending;
    private Exception? _fault;
    private bool _isFilled;
    private bool _isDisposed;

    /// <summary>Creates an empty lease.</summary>
    public BatchLease()
    {
        Stored = new BufferArena();
        Decoded = new BufferArena();
    }

    /// <summary>Creates a lease whose buffers lie in memory of the caller's.</summary>
    internal BatchLease(IPieceSource stored, IPieceSource decoded)
    {
        Stored = new BufferArena(stored);
        Decoded = new BufferArena(decoded);
    }

    /// <summary>The schema of the batch.</summary>
    public Schema Schema { get; private set; } = s_none;

    /// <summary>The rows of the batch.</summary>
    public int RowCount { get; private set; }

    /// <summary>The zero-based ordinal of the batch in its input.</summary>
    public long BatchOrdinal { get; private set; }

    /// <summary>The byte offset of the batch's message in its input.</summary>
    public long BaseOffset { get; private set; }

    /// <summary>The row of the stored batch with which this one begins: above 0 for later windows of a large batch.</summary>
    internal int FirstRow { get; set; }

    /// <summary>The bytes that were read for it: metadata and stored buffers, gaps that were read along included.</summary>
    public long BytesRead { get; internal set; }

    /// <summary>The bytes of its message that were left unread: buffers of other columns. 0 for streams, whose bytes all go by.</summary>
    public long BytesSkipped { get; internal set; }

    /// <summary>The bytes of this batch's buffers in memory, stored and decompressed.</summary>
    public long MemoryUsed => Stored.Taken + Gathered.Capacity + Decoded.Taken;

    /// <summary>The memory that it keeps, used or not.</summary>
    internal long MemoryHeld => Stored.Capacity + Gathered.Capacity + Decoded.Capacity;

    internal BufferArena Stored { get; }

    internal BufferArena Decoded { get; }

    /// <summary>The stored bytes of a stream's message.</summary>
    internal GrowingBuffer Gathered { get; } = new();

    internal byte[] Metadata { get; set; } = [];

    /// <summary>What the batch's memory belongs to when the lease does not own it; given back before the lease is refilled, and with it.</summary>
    internal IDisposable? Loan { get; set; }

    /// <summary>Scratch for the ranges to read, kept between batches.</summary>
    internal BodyRange[] Ranges { get; set; } = [];

    /// <summary>Scratch for sorting them.</summary>
    internal long[] RangeKeys { get; set; } = [];

    /// <summary>The codec of the message's buffers, or -1 when they are stored plain.</summary>
    internal int CodecId { get; set; }

    /// <summary>The compression method; only 0 (each buffer on its own) is defined.</summary>
    internal int CompressionMethod { get; set; }

    /// <summary>The stored bytes that the batch's needed buffers take, counted once where they overlap.</summary>
    internal long StoredBytes { get; set; }

    /// <summary>The decompressed bytes whose number the rows alone do not justify.</summary>
    internal long VaryingBytes { get; set; }

    /// <summary>Whether a reader fills it with the values of a dictionary.</summary>
    internal bool IsDictionary => BatchOrdinal < 0;

    internal bool IsDisposed => _isDisposed;

    internal ReadOnlySpan<ColumnData> Columns => _columns;

    /// <summary>Decompresses and validates all projected columns; does nothing when that is done already.</summary>
    /// <exception cref="Errors.IndicatorDataException">A needed column is faulty. The fault is this batch's alone: its reader goes on.
    /// Further calls and <see cref="View"/> give the same fault until the lease is filled again.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the batch must be read again.</exception>
    public void Decode(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_fault is not null)
        {
            throw _fault;
        }

        if (!_isFilled)
        {
            throw new InvalidOperationException("No batch was read into this lease, or reading it failed.");
        }

        if (_pending is null)
        {
            return;
        }

        try
        {
            _pending.Decode(this, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _fault = new OperationCanceledException("The decoding of this batch was cancelled.");
            throw;
        }
        catch (Exception fault)
        {
            // also of a caller's codec: what was decoded so far must not be decoded again
            _fault = fault;
            throw;
        }

        _pending = null;
    }

    /// <summary>Looks at the batch, decoding it first if that is still to be done.</summary>
    /// <exception cref="ObjectDisposedException">The lease was disposed.</exception>
    /// <exception cref="InvalidOperationException">Nothing was read into it.</exception>
    /// <exception cref="Errors.IndicatorDataException">A needed column is faulty.</exception>
    public RecordBatch View()
    {
        Decode();
        return new RecordBatch(this);
    }

    /// <summary>Gives the memory back; views become invalid, <see cref="View"/> and reading into the lease throw.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _isFilled = false;
            _columns = [];
            EndLoan();
            Stored.Free();
            Decoded.Free();
            Gathered.Free();
            Metadata = [];
            Ranges = [];
        }
    }

    internal bool IsLoaded(int ordinal)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ordinal, Schema.Fields.Count);
        return _loaded[ordinal];
    }

    internal ColumnData Loaded(int ordinal) => IsLoaded(ordinal)
        ? _columns[ordinal]
        : throw new InvalidOperationException($"Column {ordinal} ({Schema.Fields[ordinal].Name}) was not in the projection of this batch.");

    /// <summary>Starts to fill the lease: forgets the former batch and takes its memory back.</summary>
    /// <param name="schema">The schema of the batch.</param>
    /// <param name="ordinal">The batch's place in its input.</param>
    /// <param name="baseOffset">The byte offset of its message.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Column trees of the schema that come with a <see cref="Loan"/>; null = the lease's own.</param>
    internal void Begin(Schema schema, long ordinal, long baseOffset, int rows, ColumnData[]? columns = null)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Forget();
        if (columns is not null)
        {
            _columns = columns;
            _loaded = _loaded.Length == columns.Length ? _loaded : new bool[columns.Length];
        }
        else if (!ReferenceEquals(schema, Schema) || _columns.Length != schema.Fields.Count)
        {
            _columns = new ColumnData[schema.Fields.Count];
            _loaded = new bool[_columns.Length];
            for (var i = 0; i < _columns.Length; i++)
            {
                _columns[i] = ColumnData.Build(schema.Fields[i]);
            }
        }

        Schema = schema;
        BatchOrdinal = ordinal;
        BaseOffset = baseOffset;
        RowCount = rows;
        FirstRow = 0;
        BytesRead = 0;
        BytesSkipped = 0;
        StoredBytes = 0;
        VaryingBytes = 0;
        CodecId = -1;
        CompressionMethod = 0;
    }

    /// <summary>Forgets the former batch, also when the next one turns out not to exist.</summary>
    internal void Forget()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _isFilled = false;
        _pending = null;
        _fault = null;
        EndLoan();
        Stored.Reset();
        Decoded.Reset();
        Gathered.Overwrite();
    }

    /// <summary>Says which columns are (to be) loaded.</summary>
    internal void Load(int ordinal, bool isLoaded) => _loaded[ordinal] = isLoaded;

    /// <summary>Ends filling: the stored bytes are here.</summary>
    internal void Complete(IBatchDecoder? decoder)
    {
        _pending = decoder;
        _isFilled = true;
    }

    private void EndLoan()
    {
        var loan = Loan;
        Loan = null;
        loan?.Dispose();
    }
}
