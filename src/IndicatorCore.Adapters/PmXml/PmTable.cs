using IndicatorCore.Adapters.Csv;
using IndicatorCore.Columns;
using IndicatorCore.Ipc;
using IndicatorCore.Sources;

namespace IndicatorCore.Adapters.PmXml;

/// <summary>One output table of an import: rows go out batch by batch.</summary>
internal sealed class PmTable : IDisposable
{
    /// <summary>Digits behind the point of measures (decisions D6).</summary>
    public const int Scale = 6;

    private static readonly string[] s_counterKeys = ["counter", "direction"];

    private readonly FileStream _file;
    private readonly IpcWriter _writer;
    private readonly BatchBuilder _batch;
    private readonly Dictionary<string, int> _ordinals = new(StringComparer.Ordinal);
    private readonly int _batchRows;

    /// <summary>Begins the file.</summary>
    /// <param name="name">The table.</param>
    /// <param name="measures">Its columns of numbers.</param>
    /// <param name="scopes">Its columns of places.</param>
    /// <param name="path">The file that it becomes.</param>
    /// <param name="temporary">The file that is written first.</param>
    /// <param name="options">The layout.</param>
    public PmTable(string name, IReadOnlyList<string> measures, IReadOnlyList<string> scopes, string path, string temporary, CsvImportOptions options)
    {
        (Name, Path, Temporary, _batchRows) = (name, path, temporary, options.BatchRows);
        var fields = new List<Field> { new() { Name = PmColumns.Time, Type = ArrowType.Timestamp(TimeUnit.Nanosecond, "UTC") } };
        string[] keys = [PmColumns.Object, .. name == "counter" ? s_counterKeys : [], .. scopes, PmColumns.Quarantine];
        foreach (var key in keys)
        {
            fields.Add(new Field { Name = key, Type = ArrowType.Of(ArrowTypeId.Utf8), Dictionary = new DictionaryEncoding(fields.Count, ArrowType.Int(32)) });
        }

        foreach (var measure in measures)
        {
            fields.Add(new Field { Name = measure, Type = ArrowType.Decimal128(38, Scale) });
        }

        for (var i = 0; i < fields.Count; i++)
        {
            _ordinals.Add(fields[i].Name, i);
        }

        Columns = [.. fields.Where(static field => field.Name != PmColumns.Quarantine).Select(static field => field.Name)];
        Source = SourceProfile.Of(new SourceSettings { Identity = Columns }, name: null).ToJson();
        var schema = new Schema { Fields = fields, Metadata = [new("table", name), new("indicatorcore.source", Source)] };
        _file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        _writer = new IpcWriter(_file, schema, new IpcWriterOptions { Compress = options.Compress }, leaveOpen: true);
        _batch = new BatchBuilder(schema);
    }

    /// <summary>The table.</summary>
    public string Name { get; }

    /// <summary>The file that it becomes.</summary>
    public string Path { get; }

    /// <summary>The file that is written first.</summary>
    public string Temporary { get; }

    /// <summary>Its columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The source profile in its metadata.</summary>
    public string Source { get; }

    /// <summary>Rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Quarantined rows by reason.</summary>
    public SortedDictionary<string, long> Quarantined { get; } = new(StringComparer.Ordinal);

    /// <summary>Begins a row: every column is to be set, or is null.</summary>
    /// <param name="time">UTC nanoseconds.</param>
    /// <param name="name">The object.</param>
    /// <param name="place">Where it belongs.</param>
    /// <param name="quarantine">Why the row is not counted, or null.</param>
    /// <param name="values">Numbers and keys by column.</param>
    public void Add(
        long time, string name, IReadOnlyList<KeyValuePair<string, string>> place, string? quarantine, ReadOnlySpan<KeyValuePair<string, object>> values)
    {
        _batch[_ordinals[PmColumns.Time]].AppendInt64(time);
        _batch[_ordinals[PmColumns.Object]].AppendString(name);
        foreach (var (column, value) in place)
        {
            if (_ordinals.TryGetValue(column, out var at))
            {
                _batch[at].AppendString(value);
            }
        }

        foreach (var (column, value) in values)
        {
            if (value is ExactDecimal number)
            {
                _batch[_ordinals[column]].AppendDecimal(Rounded(number));
            }
            else
            {
                _batch[_ordinals[column]].AppendString((string)value);
            }
        }

        if (quarantine is not null)
        {
            _batch[_ordinals[PmColumns.Quarantine]].AppendString(quarantine);
            Quarantined[quarantine] = Quarantined.GetValueOrDefault(quarantine) + 1;
        }

        Rows++;
        var rows = _batch[0].Length;
        for (var i = 1; i < _ordinals.Count; i++)
        {
            if (_batch[i].Length < rows)
            {
                _batch[i].AppendNull();
            }
        }

        if (rows == _batchRows)
        {
            _writer.Write(_batch);
            _batch.Clear();
        }
    }

    /// <summary>Ends the file.</summary>
    public void Complete()
    {
        if (_batch[0].Length > 0 || Rows == 0)
        {
            _writer.Write(_batch);
        }

        _writer.Complete();
        _file.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _file.Dispose();
    }

    /// <summary>A number at <see cref="Scale"/>, half to even: so the run, which keeps as many digits, rounds nothing.</summary>
    public static Int128 Rounded(ExactDecimal number)
    {
        if (number.Scale <= Scale)
        {
            return number.At(Scale);
        }

        var unit = Int128.One;
        for (var i = Scale; i < number.Scale; i++)
        {
            unit *= 10;
        }

        var (whole, rest) = Int128.DivRem(number.Mantissa, unit);
        var half = Int128.Abs(rest) * 2;
        return half > unit || (half == unit && !Int128.IsEvenInteger(whole)) ? whole + Int128.Sign(number.Mantissa) : whole;
    }
}
