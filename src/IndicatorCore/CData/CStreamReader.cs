using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.CData;

/// <summary>
/// Reads batches that another library of this process exports through the Arrow C stream interface (<c>struct ArrowArrayStream</c>), where
/// they lie. Source: Apache Arrow, "The Arrow C stream interface" and "The Arrow C data interface". One call at a time.
/// </summary>
/// <remarks>
/// <para>Nothing is copied but validity bitmaps and bits of slices that do not start at a byte, the run ends of sliced run-end encoding, and
/// the values of dictionaries when they change. A lease's memory is the producer's until it is disposed or refilled: then the array's release
/// callback is called, once, on the thread that does so. Leases may outlive the reader. What is never disposed is released by a finalizer, so keep a
/// lease for as long as its spans are looked at: they alone do not hold it.</para>
/// <para>Batches are validated like those of files, by <see cref="BatchLease.Decode"/>: offsets, views, dictionary indices, UTF-8, nested rows.
/// The interface carries no buffer sizes, though: a producer that states more rows, longer buffers or larger offsets than its memory holds, or
/// hands over pointers that are none, makes this process read what is not its to read. Import from libraries that you trust as code.</para>
/// <para>A batch costs one <see cref="BatchLease"/> with <see cref="ReadLease"/> and <see cref="ReadAll"/>, and nothing else; with
/// <see cref="Read"/> into a lease of the caller's nothing is allocated once the reader is warm and dictionaries stay the same.</para>
/// </remarks>
public sealed unsafe class CStreamReader : IDisposable
{
    private readonly ForeignTable _table;
    private readonly CImportOptions _options;
    private readonly ForeignStream _stream;
    private Exception? _fault;
    private bool _isEnd;

    /// <summary>Takes a stream over and reads its schema. The struct is moved: <paramref name="stream"/> is marked as released, also on failure.</summary>
    /// <param name="stream">The address of an <c>ArrowArrayStream</c>; the struct's own memory stays its owner's.</param>
    /// <param name="options">Limits, and what errors call the input; null = the defaults.</param>
    /// <exception cref="ArgumentException">The address is null, or the stream was released before.</exception>
    /// <exception cref="IndicatorDataException">The producer failed, or its schema cannot be read here; the stream was released.</exception>
    public CStreamReader(nint stream, CImportOptions? options = null)
    {
        var source = (ArrowArrayStream*)stream;
        if (source is null || source->Release is null)
        {
            throw new ArgumentException("The stream is null or was released.", nameof(stream));
        }

        _options = options ?? CImportOptions.Default;
        _stream = new ForeignStream(source);
        try
        {
            _table = ReadTable();
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>The schema of the batches. A stream of arrays that are no structs has one column.</summary>
    public Schema Schema => _table.Schema;

    /// <summary>The batches read so far.</summary>
    public long BatchCount { get; private set; }

    /// <summary>Chooses the columns that later batches look at and validate; all, when it is never called.</summary>
    /// <param name="ordinals">Zero-based positions in <see cref="Schema"/>, in any order.</param>
    /// <exception cref="ArgumentOutOfRangeException">The schema has no such column.</exception>
    public void Project(params ReadOnlySpan<int> ordinals)
    {
        ObjectDisposedException.ThrowIf(_stream.IsReleased, this);
        _table.Project(ordinals);
    }

    /// <summary>Asks the producer for the next batch; false at the end of the stream.</summary>
    /// <param name="into">What to fill; its former batch is given back first.</param>
    /// <exception cref="IndicatorDataException">The producer failed (its own words are in the message), or what it gave is no batch of the
    /// schema; further calls throw the same. Faults within columns are found by <see cref="BatchLease.Decode"/> and are that batch's alone.</exception>
    /// <exception cref="ObjectDisposedException">The reader or the lease was disposed.</exception>
    public bool Read(BatchLease into)
    {
        ArgumentNullException.ThrowIfNull(into);
        ObjectDisposedException.ThrowIf(_stream.IsReleased, this);
        into.Forget();
        if (_fault is not null)
        {
            throw _fault;
        }

        if (_isEnd)
        {
            return false;
        }

        try
        {
            ArrowArray array = default;
            var code = _stream.GetNext(&array);
            if (code != 0)
            {
                throw Failure(code).At(new DataLocation(_options.Name, Batch: BatchCount));
            }

            _isEnd = array.Release is null;
            if (!_isEnd)
            {
                _table.Fill(into, array, BatchCount);
                BatchCount++;
            }

            return !_isEnd;
        }
        catch (IndicatorDataException fault)
        {
            _fault = fault;
            throw;
        }
    }

    /// <summary>Asks the producer for the next batch, in a lease of its own that the caller disposes; null at the end of the stream.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public BatchLease? ReadLease()
    {
        var lease = new BatchLease();
        try
        {
            if (Read(lease))
            {
                return lease;
            }
        }
        catch
        {
            lease.Dispose();
            throw;
        }

        lease.Dispose();
        return null;
    }

    /// <summary>The batches that are left, each in a lease of its own, which whoever takes it disposes (as the engine does).</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public IEnumerable<BatchLease> ReadAll()
    {
        while (ReadLease() is { } lease)
        {
            yield return lease;
        }
    }

    /// <summary>Releases the stream; leases that were filled stay valid.</summary>
    public void Dispose() => _stream.Dispose();

    private ForeignTable ReadTable()
    {
        ArrowSchema schema = default;
        var code = _stream.GetSchema(&schema);
        if (code != 0)
        {
            throw Failure(code).At(new DataLocation(_options.Name));
        }

        if (schema.Release is null)
        {
            throw new MalformedArrowException("The producer gave no schema", new DataLocation(_options.Name));
        }

        try
        {
            return new ForeignTable(&schema, _options);
        }
        finally
        {
            schema.Release(&schema);
        }
    }

    private IndicatorDataException Failure(int code)
    {
        const int NotImplemented = 38;   // ENOSYS
        var problem = $"The producer of the stream failed with error {code}: {_stream.LastError() ?? "it does not say why"}";
        return code == NotImplemented
            ? new UnsupportedArrowException(problem)
            : new MalformedArrowException(problem, kind: DataFault.Truncated);
    }
}
