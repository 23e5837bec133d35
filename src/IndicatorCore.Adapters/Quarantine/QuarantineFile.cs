using System.Collections.Concurrent;
using IndicatorCore.Indicators;

namespace IndicatorCore.Adapters.Quarantine;

/// <summary>
/// Quarantined rows as a file, ordered by input, batch and row whatever the number of threads: workers spool them to temporary files
/// beside it, and <see cref="Write"/> puts them in order. Memory holds no rows but those of the calls at hand, and about 64 bytes for each
/// 2,048 rows read that have any among them.
/// </summary>
/// <remarks>A fault of a spool stays: every later call throws it again. Disposing removes the temporary files.</remarks>
public sealed class QuarantineFile : IQuarantineSink, IDisposable
{
    private readonly QuarantineFormat _format;
    private readonly TimeZoneInfo _zone;
    private readonly Func<Stream> _openSpool;
    private readonly Lock _gate = new();
    private readonly ConcurrentBag<QuarantineSpool> _free = [];
    private readonly List<QuarantineSpool> _spools = [];
    private readonly List<QuarantineSegment> _segments = [];
    private readonly HashSet<QuarantineSource> _discarded = [];
    private readonly ConcurrentDictionary<IReadOnlyList<QuarantinedColumn>, QuarantineShape> _shapes = new(ReferenceEqualityComparer.Instance);
    private Exception? _fault;
    private bool _isDisposed;

    /// <summary>Makes a sink whose temporary files lie beside a file.</summary>
    /// <param name="path">The file that is to be written; it is not touched.</param>
    /// <param name="format">How <see cref="Write"/> writes.</param>
    /// <param name="zone">The zone of event times.</param>
    public QuarantineFile(string path, QuarantineFormat format, TimeZoneInfo zone)
        : this(format, zone, () => OpenSpool(Path.GetFullPath(path)))
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
    }

    /// <summary>Makes a sink with spools of one's own: streams that can be read, written and sought.</summary>
    internal QuarantineFile(QuarantineFormat format, TimeZoneInfo zone, Func<Stream> openSpool)
    {
        ArgumentNullException.ThrowIfNull(zone);
        _format = format;
        _zone = zone;
        _openSpool = openSpool;
    }

    /// <summary>The rows taken, less those discarded.</summary>
    public long Rows
    {
        get
        {
            lock (_gate)
            {
                return _segments.Where(segment => !_discarded.Contains(segment.Source)).Sum(static segment => (long)segment.Rows);
            }
        }
    }

    /// <summary>The format that a file's extension asks for (<c>.arrow</c>, <c>.feather</c>, <c>.csv</c>, in any case), or null.</summary>
    public static QuarantineFormat? FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".arrow" or ".feather" => QuarantineFormat.Arrow,
        ".csv" => QuarantineFormat.Csv,
        _ => null,
    };

    /// <inheritdoc/>
    /// <exception cref="IOException">A temporary file cannot be written.</exception>
    public void Add(in QuarantinedRows rows)
    {
        ThrowIfUnusable();
        try
        {
            var shape = ShapeOf(rows);
            if (!_free.TryTake(out var spool))
            {
                spool = new QuarantineSpool(_openSpool());
                lock (_gate)
                {
                    _spools.Add(spool);
                }
            }

            var segment = spool.Append(rows, shape);
            _free.Add(spool);
            lock (_gate)
            {
                _segments.Add(segment);
            }
        }
        catch (Exception fault)
        {
            _fault ??= fault;
            throw;
        }
    }

    /// <inheritdoc/>
    public void Discard(QuarantineSource source)
    {
        lock (_gate)
        {
            _discarded.Add(source);
        }
    }

    /// <summary>Writes all rows; to be called when nothing is read any more.</summary>
    /// <param name="output">Takes the bytes; stays open.</param>
    /// <exception cref="IOException">A temporary file, or the output, failed.</exception>
    public void Write(Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        ThrowIfUnusable();
        List<QuarantineSegment> segments;
        lock (_gate)
        {
            // a stable sort: batches in memory are numbered anew in every read
            segments =
            [
                .. _segments.Where(segment => !_discarded.Contains(segment.Source))
                    .OrderBy(static segment => segment, Comparer<QuarantineSegment>.Create(QuarantineSegment.Compare)),
            ];
        }

        var layout = new QuarantineLayout(segments);
        using IQuarantineWriter writer = _format == QuarantineFormat.Csv
            ? new QuarantineCsv(output, layout, _zone)
            : new QuarantineArrow(output, layout, segments, _zone);
        var buffer = Array.Empty<byte>();
        foreach (var segment in segments)
        {
            if (buffer.Length < segment.Length)
            {
                buffer = new byte[segment.Length];
            }

            segment.Spool.Read(segment.Offset, buffer.AsSpan(0, segment.Length));
            var rows = new SpooledRow(buffer.AsSpan(0, segment.Length));
            while (!rows.IsEnd)
            {
                var row = rows.TakeInt32();
                var reason = rows.TakeText();
                writer.Write(segment, layout.Of(segment.Shape), row, reason, rows.TakeInstant(), ref rows);
            }
        }

        writer.Complete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        foreach (var spool in _spools)
        {
            spool.Dispose();
        }

        _spools.Clear();
    }

    // where the system lets it, the name goes at once: then not even a killed process leaves anything behind
    private static FileStream OpenSpool(string path)
    {
        var name = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}.spool");
        var options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;
        var file = new FileStream(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 128 * 1024, options);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(name);
        }

        return file;
    }

    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_fault is { } fault)
        {
            throw new IOException($"The temporary file of quarantined rows failed: {fault.Message}", fault);
        }
    }

    private QuarantineShape ShapeOf(in QuarantinedRows rows)
    {
        if (_shapes.TryGetValue(rows.Columns, out var known))
        {
            return known;
        }

        var columns = new QuarantineColumnShape[rows.Columns.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var (ordinal, name) = rows.Columns[i];
            columns[i] = QuarantineColumnShape.Of(ordinal, name, rows.View.Schema.Fields[ordinal]);
        }

        return _shapes.GetOrAdd(rows.Columns, new QuarantineShape(rows.Table, columns));
    }
}
