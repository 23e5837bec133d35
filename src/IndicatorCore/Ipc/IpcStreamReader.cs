using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Security.Cryptography;
using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.Ipc;

/// <summary>
/// Reads the Arrow IPC streaming format from a pipe, batch by batch. Source: Arrow Columnar.rst, "IPC Streaming Format".
/// One call at a time.
/// </summary>
/// <remarks>
/// Body bytes that no projected column needs are dropped as they arrive; needed buffers stay compressed until <see cref="BatchLease.Decode"/>.
/// Each batch carries the dictionaries as they were when it came: deltas and replacements after it do not change it. Messages for dictionary
/// ids that no field has, or that no projected column needs, are passed over. The stream ends at its end marker or where the input ends
/// between two messages; what follows the marker is not touched. After a fault the reader is poisoned: further calls throw the same.
/// A cancelled call may be repeated if it had not yet taken a byte of a message, else the reader is poisoned too.
/// </remarks>
public sealed class IpcStreamReader : IAsyncDisposable
{
    private readonly PipeReader _pipe;
    private readonly string _name;
    private readonly IpcReaderOptions _options;
    private readonly IncrementalHash? _hash;
    private readonly PipeCursor _cursor;
    private readonly ReaderMemory _memory;
    private readonly BatchDecoder _decoder;
    private readonly HashSet<long> _neededDictionaries = [];
    private byte[] _metadata = [];
    private DictionaryStore? _dictionaries;
    private Projection? _projection;
    private Exception? _fault;
    private long _batches;
    private long _messageStart;
    private bool _isEnd;
    private bool _isBusy;
    private bool _isStarted;
    private bool _isDisposed;

    /// <summary>Starts reading; takes the pipe over.</summary>
    /// <param name="pipe">Where the bytes come from.</param>
    /// <param name="name">What errors call the input.</param>
    /// <param name="options">Limits and switches.</param>
    public IpcStreamReader(PipeReader pipe, string name, IpcReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipe);
        ArgumentNullException.ThrowIfNull(name);
        _pipe = pipe;
        _name = name;
        _options = options ?? IpcReaderOptions.Default;
        _hash = _options.HashContent ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        _cursor = new PipeCursor(pipe, _hash);
        _memory = new ReaderMemory(_options);
        _decoder = new BatchDecoder(name, _memory);
    }

    /// <summary>The schema, once <see cref="ReadSchemaAsync"/> has returned it.</summary>
    public Schema? Schema { get; private set; }

    /// <summary>The bytes taken from the pipe so far.</summary>
    public long BytesRead => _cursor.Position;

    /// <summary>The batches read so far.</summary>
    public long BatchCount => _batches;

    /// <summary>The SHA-256 of every byte of the stream, end marker included, in lower-case hex; null before its end, or if not asked for.</summary>
    public string? ContentHash { get; private set; }

    /// <summary>Reads the schema; further calls give it again.</summary>
    /// <exception cref="IndicatorDataException">The input is not an Arrow stream that can be read here.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<Schema> ReadSchemaAsync(CancellationToken cancellationToken = default)
    {
        Enter();
        try
        {
            return Schema ?? await FirstMessageAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            Poison(fault);
            throw;
        }
        finally
        {
            await LeaveAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Says which columns are needed; without it, all are. Only before the first batch, and after the schema.</summary>
    /// <exception cref="InvalidOperationException">The schema was not read, or a batch was.</exception>
    /// <exception cref="ArgumentException">The projection is for another schema.</exception>
    public void Project(Projection projection)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (Schema is null || _isStarted)
        {
            throw new InvalidOperationException("A stream's projection is set after its schema and before its first batch is read.");
        }

        projection.CheckAgainst(Schema);
        _projection = projection;
    }

    /// <summary>Reads the next batch's needed buffers into a lease; false at the end of the stream.</summary>
    /// <exception cref="IndicatorDataException">The stream is faulty.</exception>
    /// <exception cref="IOException">Reading failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<bool> ReadAsync(BatchLease into, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(into);
        ObjectDisposedException.ThrowIf(into.IsDisposed, into);
        Enter();
        into.Forget();
        try
        {
            var schema = Schema ?? await FirstMessageAsync(cancellationToken).ConfigureAwait(false);
            Start(schema);
            return !_isEnd && await NextBatchAsync(schema, into, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            Poison(fault);
            throw;
        }
        finally
        {
            await LeaveAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends reading: completes the pipe, unless the options leave it open. Leases that were filled stay valid.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (_isBusy)
        {
            // the call in progress ends by this, and completes the pipe
            _pipe.CancelPendingRead();
            return;
        }

        await CloseAsync().ConfigureAwait(false);
    }

    private async ValueTask CloseAsync()
    {
        _cursor.Release();
        _hash?.Dispose();
        if (!_options.LeaveOpen)
        {
            await _pipe.CompleteAsync().ConfigureAwait(false);
        }
    }

    private void Enter()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_isBusy)
        {
            throw new InvalidOperationException("The stream reader serves one call at a time.");
        }

        if (_fault is not null)
        {
            throw _fault;
        }

        _isBusy = true;
    }

    private ValueTask LeaveAsync()
    {
        _isBusy = false;
        return _isDisposed ? CloseAsync() : ValueTask.CompletedTask;
    }

    private void Poison(Exception fault)
    {
        (fault as IndicatorDataException)?.At(new DataLocation(_name, Batch: Schema is null ? null : _batches, Offset: _messageStart));
        if (fault is not OperationCanceledException || _cursor.Position != _messageStart)
        {
            _fault = fault;
        }
    }

    private void Start(Schema schema)
    {
        if (_isStarted)
        {
            return;
        }

        _isStarted = true;
        _projection ??= Projection.All(schema);
        var ids = new OrderedDictionary<long, bool>();
        for (var i = 0; i < _projection.Count; i++)
        {
            if (_projection.Needs(i))
            {
                DictionaryStore.Needed(schema.Fields[i], ids);
            }
        }

        _neededDictionaries.UnionWith(ids.Keys);
    }

    private async ValueTask<Schema> FirstMessageAsync(CancellationToken cancellationToken)
    {
        _messageStart = _cursor.Position;
        var here = await _cursor.FillAsync(8, cancellationToken).ConfigureAwait(false);
        if (here >= 4)
        {
            CheckContainer(here);
        }
        else if (here == 0)
        {
            throw new MalformedArrowException("The input is empty, not an Arrow stream");
        }

        var length = await MetadataAsync(cancellationToken).ConfigureAwait(false);
        if (length == 0)
        {
            throw new MalformedArrowException("The Arrow stream ends before its schema");
        }

        var bodyLength = ParseSchema(length);
        await SkipAsync(bodyLength, cancellationToken).ConfigureAwait(false);
        _messageStart = _cursor.Position;
        return Schema!;
    }

    private void CheckContainer(int here)
    {
        Span<byte> head = stackalloc byte[8];
        _cursor.Buffer.Slice(0, here).CopyTo(head);
        var found = IpcFormatDetection.Detect(head[..here]);
        if (found is not (IpcContainer.Stream or IpcContainer.Unknown))
        {
            throw new MalformedArrowException(
                $"The input is not an Arrow stream but {IpcFormatDetection.Describe(found)}", advice: IpcFormatDetection.Advice(found));
        }
    }

    private long ParseSchema(int length)
    {
        var budget = FlatTable.Budget(length);
        var message = MessageHead.Parse(_metadata.AsSpan(0, length), ref budget);
        if (message.Kind != MessageKind.Schema)
        {
            throw new MalformedArrowException($"The stream starts with a {message.Kind} message instead of a schema");
        }

        var parser = new SchemaParser(_options);
        var schema = parser.Parse(message.Header);
        _dictionaries = new DictionaryStore(parser.Dictionaries, _memory);
        Schema = schema;
        return message.BodyLength;
    }

    private async ValueTask<bool> NextBatchAsync(Schema schema, BatchLease into, CancellationToken cancellationToken)
    {
        while (true)
        {
            _messageStart = _cursor.Position;
            var length = await MetadataAsync(cancellationToken).ConfigureAwait(false);
            if (length == 0)
            {
                End();
                return false;
            }

            var plan = PlanMessage(schema, into, length);
            if (plan.Lease is null)
            {
                await SkipAsync(plan.BodyLength, cancellationToken).ConfigureAwait(false);
                continue;
            }

            await BodyAsync(plan.Lease, plan.Ranges, plan.BodyLength, cancellationToken).ConfigureAwait(false);
            if (plan.Dictionary is { } dictionary)
            {
                _dictionaries!.Commit(dictionary, plan.IsDelta, _decoder, cancellationToken);
                continue;
            }

            into.BytesRead = _cursor.Position - _messageStart;
            _dictionaries!.Bind(into);
            into.Complete(_decoder);
            _batches++;
            _messageStart = _cursor.Position;
            return true;
        }
    }

    private MessagePlan PlanMessage(Schema schema, BatchLease into, int length)
    {
        var budget = FlatTable.Budget(length);
        var message = MessageHead.Parse(_metadata.AsSpan(0, length), ref budget);
        switch (message.Kind)
        {
            case MessageKind.RecordBatch:
                into.Begin(schema, _batches, _messageStart, BodyLayout.Rows(message.Header, _options));
                for (var i = 0; i < _projection!.Count; i++)
                {
                    into.Load(i, _projection.Needs(i));
                }

                var ranges = BodyLayout.Assign(message.Header, message.IsV4, message.BodyLength, into, _options);
                return new MessagePlan(into, null, ranges, message.BodyLength, false);
            case MessageKind.DictionaryBatch:
                var id = message.Header.Int64(4);
                if (!_neededDictionaries.Contains(id) || _dictionaries!.Find(id) is not { } dictionary)
                {
                    return new MessagePlan(null, null, 0, message.BodyLength, false);
                }

                var needed = _dictionaries.Begin(dictionary, message, message.Header.Table(6), _messageStart);
                return new MessagePlan(_dictionaries.Scratch, dictionary, needed, message.BodyLength, message.Header.Boolean(8));
            default:
                throw new MalformedArrowException("The stream has a second schema");
        }
    }

    private void End()
    {
        _isEnd = true;
        _cursor.Release();
        if (_hash is not null)
        {
            ContentHash = Convert.ToHexStringLower(_hash.GetHashAndReset());
        }
    }

    /// <summary>Takes the prefix and metadata of a message; gives the metadata's length, 0 at the end of the stream.</summary>
    private async ValueTask<int> MetadataAsync(CancellationToken cancellationToken)
    {
        var here = await _cursor.FillAsync(4, cancellationToken).ConfigureAwait(false);
        if (here == 0)
        {
            return 0;
        }

        var length = here < 4 ? throw Truncated("a message's length") : Int32At(0);
        var prefix = 4;
        if (length == -1)
        {
            prefix = 8;
            here = await _cursor.FillAsync(8, cancellationToken).ConfigureAwait(false);
            length = here < 8 ? throw Truncated("a message's length") : Int32At(4);
        }

        if (length < 0)
        {
            throw new MalformedArrowException($"A message declares {length} bytes of metadata");
        }

        if (length > _options.MaxMetadataBytes)
        {
            throw ReaderLimit.Exceeded($"A message declares {length} bytes of metadata", _options.MaxMetadataBytes, nameof(_options.MaxMetadataBytes));
        }

        _cursor.Take(prefix);
        for (var done = 0; done < length;)
        {
            if (await _cursor.FillAsync(1, cancellationToken).ConfigureAwait(false) == 0)
            {
                throw Truncated("a message's metadata");
            }

            var take = (int)Math.Min(_cursor.Buffer.Length, length - done);
            if (_metadata.Length < done + take)
            {
                Array.Resize(ref _metadata, Math.Max(Math.Max(1024, done + take), (int)Math.Min(2L * _metadata.Length, length)));
            }

            _cursor.Buffer.Slice(0, take).CopyTo(_metadata.AsSpan(done));
            _cursor.Take(take);
            done += take;
        }

        return length;
    }

    private int Int32At(int offset)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        _cursor.Buffer.Slice(offset, sizeof(int)).CopyTo(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    private async ValueTask BodyAsync(BatchLease lease, int rangeCount, long length, CancellationToken cancellationToken)
    {
        StreamBody.Place(lease.Ranges.AsSpan(0, rangeCount), lease, _memory);
        var next = 0;
        for (var done = 0L; done < length;)
        {
            if (await _cursor.FillAsync(1, cancellationToken).ConfigureAwait(false) == 0)
            {
                throw Truncated("a message's body");
            }

            var take = Math.Min(_cursor.Buffer.Length, length - done);
            foreach (var segment in _cursor.Buffer.Slice(0, take))
            {
                StreamBody.Keep(segment.Span, done, lease.Ranges.AsSpan(0, rangeCount), ref next, lease.Gathered);
                done += segment.Length;
            }

            _cursor.Take(take);
        }

        StreamBody.Fill(lease.Ranges.AsSpan(0, rangeCount), lease.Gathered);
    }

    private async ValueTask SkipAsync(long length, CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            if (await _cursor.FillAsync(1, cancellationToken).ConfigureAwait(false) == 0)
            {
                throw Truncated("a message's body");
            }

            var take = Math.Min(_cursor.Buffer.Length, length);
            _cursor.Take(take);
            length -= take;
        }
    }

    private MalformedArrowException Truncated(string where) => new(
        $"The stream ends inside {where}",
        new DataLocation(_name, Offset: _cursor.Position),
        DataFault.Truncated,
        "The writer may have stopped early, or the transfer was cut.");
}
