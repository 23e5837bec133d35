using System.Globalization;
using System.Numerics;
using IndicatorCore.Columns;
using IndicatorCore.Ipc;

namespace IndicatorCore.Tests.Support;

/// <summary>A tiny export of one table with chosen Arrow types: columns first, then rows, then bytes or a file.</summary>
internal sealed class ExportBuilder
{
    private readonly List<Field> _fields = [];
    private readonly List<KeyValuePair<string, string>> _metadata = [];
    private readonly List<List<object?[]>> _batches = [[]];

    private ExportBuilder(string? table)
    {
        if (table is not null)
        {
            _metadata.Add(new("table", table));
        }
    }

    /// <summary>Instants as most exporters write them.</summary>
    public static ArrowType Instant { get; } = ArrowType.Timestamp(TimeUnit.Microsecond, "UTC");

    /// <summary>Text in place.</summary>
    public static ArrowType Text { get; } = ArrowType.Of(ArrowTypeId.Utf8);

    /// <summary>Flags.</summary>
    public static ArrowType Flag { get; } = ArrowType.Of(ArrowTypeId.Bool);

    /// <summary>Measures.</summary>
    public static ArrowType Number { get; } = ArrowType.Float(64);

    /// <summary>How many rows there are.</summary>
    public int RowCount => _batches.Sum(static batch => batch.Count);

    /// <summary>An export whose metadata name the table; null = no such metadata.</summary>
    public static ExportBuilder Table(string? table) => new(table);

    /// <summary>Connectivity with event_ts, device and link.</summary>
    public static ExportBuilder Connectivity() => Table("connectivity").Time("event_ts").Keys("device", "link");

    /// <summary>Radio with event_ts, cell, rat, rsrp_dbm, sinr_db, as the worked examples list them.</summary>
    public static ExportBuilder Radio() => Table("radio").Time("event_ts").Keys("cell", "rat").Numbers("rsrp_dbm", "sinr_db");

    /// <summary>Production with interval_start, line, product, q_good, labour_h.</summary>
    public static ExportBuilder Production() => Table("production").Time("interval_start").Keys("line", "product").Numbers("q_good", "labour_h");

    /// <summary>Cost with period_start, line, product, element, amount_cny, q_good.</summary>
    public static ExportBuilder Cost() => Table("cost").Time("period_start").Keys("line", "product", "element").Numbers("amount_cny", "q_good");

    /// <summary>Energy with interval_start, kwh.</summary>
    public static ExportBuilder Energy() => Table("energy").Time("interval_start").Numbers("kwh");

    /// <summary>Adds a column.</summary>
    public ExportBuilder Column(string name, ArrowType type, ArrowType? dictionaryIndex = null)
    {
        _fields.Add(new Field
        {
            Name = name,
            Type = type,
            Dictionary = dictionaryIndex is null ? null : new DictionaryEncoding(_fields.Count, dictionaryIndex),
        });
        return this;
    }

    /// <summary>Adds columns of instants.</summary>
    public ExportBuilder Time(params string[] names) => All(names, Instant, null);

    /// <summary>Adds dictionary-encoded text columns.</summary>
    public ExportBuilder Keys(params string[] names) => All(names, Text, ArrowType.Int(32));

    /// <summary>Adds columns of doubles.</summary>
    public ExportBuilder Numbers(params string[] names) => All(names, Number, null);

    /// <summary>Adds a metadata entry.</summary>
    public ExportBuilder Meta(string key, string value)
    {
        _metadata.Add(new(key, value));
        return this;
    }

    /// <summary>Adds a row; instants may be texts such as <c>2024-03-01 08:00</c>, which are then local in Shanghai.</summary>
    public ExportBuilder Row(params object?[] values)
    {
        Assert.Equal(_fields.Count, values.Length);
        _batches[^1].Add(values);
        return this;
    }

    /// <summary>Adds the same row several times.</summary>
    public ExportBuilder Times(int count, params object?[] values)
    {
        for (var i = 0; i < count; i++)
        {
            Row(values);
        }

        return this;
    }

    /// <summary>Ends the batch: later rows go to another.</summary>
    public ExportBuilder NextBatch()
    {
        _batches.Add([]);
        return this;
    }

    /// <summary>The bytes of a file or stream.</summary>
    public byte[] ToBytes(IpcFormat format = IpcFormat.File, bool compress = false)
    {
        using var stream = new MemoryStream();
        var batch = new BatchBuilder(new Schema { Fields = _fields, Metadata = _metadata });
        using (var writer = new IpcWriter(stream, batch.Schema, new IpcWriterOptions { Format = format, Compress = compress }, leaveOpen: true))
        {
            foreach (var rows in _batches)
            {
                foreach (var row in rows)
                {
                    for (var i = 0; i < row.Length; i++)
                    {
                        Append(batch[i], row[i]);
                    }
                }

                writer.Write(batch);
                batch.Clear();
            }

            writer.Complete();
        }

        return stream.ToArray();
    }

    /// <summary>A local time in Shanghai, or an instant with its offset, as UTC ticks since 1970.</summary>
    public static long Ticks(string text) => (DateTimeOffset.Parse(
        text.EndsWith('Z') || text.LastIndexOf('+') > 0 ? text : text + "+08:00", CultureInfo.InvariantCulture).UtcDateTime - DateTime.UnixEpoch).Ticks;

    private ExportBuilder All(string[] names, ArrowType type, ArrowType? dictionaryIndex)
    {
        foreach (var name in names)
        {
            Column(name, type, dictionaryIndex);
        }

        return this;
    }

    private static void Append(ColumnBuilder column, object? value)
    {
        var type = column.Field.Type;
        switch (type.Id)
        {
            case var _ when value is null:
                column.AppendNull();
                break;
            case ArrowTypeId.Bool:
                column.AppendBool((bool)value);
                break;
            case ArrowTypeId.Timestamp or ArrowTypeId.Date when value is string text:
                column.AppendInt64(InUnit(type, Ticks(text)));
                break;
            case ArrowTypeId.FloatingPoint:
                column.AppendDouble(Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            case ArrowTypeId.Decimal:
                column.AppendDecimal((Int128)(Convert.ToDecimal(value, CultureInfo.InvariantCulture) * (decimal)BigInteger.Pow(10, type.Scale)));
                break;
            case ArrowTypeId.Int when !type.IsSigned:
                column.AppendUInt64(Convert.ToUInt64(value, CultureInfo.InvariantCulture));
                break;
            case ArrowTypeId.Utf8 or ArrowTypeId.LargeUtf8 or ArrowTypeId.Utf8View:
                column.AppendString((string)value);
                break;
            case ArrowTypeId.FixedSizeBinary or ArrowTypeId.Binary or ArrowTypeId.LargeBinary or ArrowTypeId.BinaryView:
                column.AppendBytes((byte[])value);
                break;
            default:
                column.AppendInt64(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static long InUnit(ArrowType type, long ticks) => type switch
    {
        // dates are the local date's own number
        { Id: ArrowTypeId.Date, BitWidth: 32 } => (ticks + TimeSpan.FromHours(8).Ticks) / TimeSpan.TicksPerDay,
        { Id: ArrowTypeId.Date } => (ticks + TimeSpan.FromHours(8).Ticks) / TimeSpan.TicksPerDay * 86_400_000,

        // without a zone: Shanghai's wall clock
        _ => (type.TimeZone is null ? ticks + TimeSpan.FromHours(8).Ticks : ticks, type.Unit) switch
        {
            (var at, TimeUnit.Second) => at / TimeSpan.TicksPerSecond,
            (var at, TimeUnit.Millisecond) => at / TimeSpan.TicksPerMillisecond,
            (var at, TimeUnit.Microsecond) => at / TimeSpan.TicksPerMicrosecond,
            var (at, _) => at * 100,
        },
    };
}
