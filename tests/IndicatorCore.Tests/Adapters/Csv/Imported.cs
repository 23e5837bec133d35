using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using IndicatorCore.Adapters.Csv;
using IndicatorCore.Columns;
using IndicatorCore.Ipc;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Adapters.Csv;

/// <summary>CSV files imported and the Arrow file read back: its schema and each row's values as text.</summary>
internal sealed class Imported
{
    private Imported(Schema schema, IReadOnlyList<IReadOnlyDictionary<string, string?>> rows, ImportedTable summary)
    {
        Schema = schema;
        Rows = rows;
        Summary = summary;
    }

    public Schema Schema { get; }

    public IReadOnlyList<IReadOnlyDictionary<string, string?>> Rows { get; }

    public ImportedTable Summary { get; }

    public SourceSettings Effective => SourceProfile.Parse(Schema.Meta("indicatorcore.source")!, "metadata").For("any");

    public IReadOnlyDictionary<string, int> Quarantined => Rows
        .Where(static row => row[QuarantineReason.Column] is not null)
        .GroupBy(static row => row[QuarantineReason.Column]!)
        .ToDictionary(static group => group.Key, static group => group.Count());

    public static Imported Of(SourceProfile profile, params string[] paths) => Of(profile, new CsvImportOptions(), paths);

    public static Imported Of(SourceProfile profile, CsvImportOptions options, params string[] paths)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("imported.arrow");
        var summary = Assert.Single(CsvImporter.Import(paths, path, profile, options).Tables);
        using var reader = IpcFileReader.Open(path);
        using var lease = new BatchLease();
        var rows = new List<IReadOnlyDictionary<string, string?>>();
        for (var batch = 0; batch < reader.BatchCount; batch++)
        {
            reader.Read(batch, Projection.All(reader.Schema), lease);
            var view = lease.View();
            for (var row = 0; row < view.Length; row++)
            {
                var texts = new Dictionary<string, string?>();
                for (var ordinal = 0; ordinal < reader.Schema.Fields.Count; ordinal++)
                {
                    texts.Add(reader.Schema.Fields[ordinal].Name, Text(view[ordinal], row));
                }

                rows.Add(texts);
            }
        }

        Assert.Equal(summary.Rows, rows.Count);
        var imported = new Imported(reader.Schema, rows, summary);
        Assert.Equal(imported.Quarantined.Values.Sum(), summary.Quarantined.Values.Sum());
        return imported;
    }

    private static string? Text(Column column, int row)
    {
        if (!column.IsValid(row))
        {
            return null;
        }

        var type = column.Field.Type;
        return type.Id switch
        {
            ArrowTypeId.Bool => column.Bit(row) ? "true" : "false",
            ArrowTypeId.Timestamp => Instant(column.Values<long>()[row], type.Unit),
            ArrowTypeId.Int => column.Values<long>()[row].ToString(CultureInfo.InvariantCulture),
            ArrowTypeId.FloatingPoint => column.Values<double>()[row].ToString("R", CultureInfo.InvariantCulture),
            ArrowTypeId.Decimal => Decimal(BinaryPrimitives.ReadInt128LittleEndian(column.Bytes(row)), type.Scale),
            _ => Encoding.UTF8.GetString(column.Bytes(row)),
        };
    }

    private static string Instant(long value, TimeUnit unit)
    {
        var ticks = unit switch
        {
            TimeUnit.Millisecond => value * TimeSpan.TicksPerMillisecond,
            TimeUnit.Microsecond => value * TimeSpan.TicksPerMicrosecond,
            _ => value / TimeSpan.NanosecondsPerTick,
        };
        return DateTime.UnixEpoch.AddTicks(ticks).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
    }

    private static string Decimal(Int128 unscaled, int scale)
    {
        var whole = BigInteger.DivRem((BigInteger)Int128.Abs(unscaled), BigInteger.Pow(10, scale), out var fraction);
        var digits = fraction.ToString(CultureInfo.InvariantCulture).PadLeft(scale, '0').TrimEnd('0');
        return $"{(unscaled < 0 ? "-" : string.Empty)}{whole}{(digits.Length == 0 ? string.Empty : $".{digits}")}";
    }
}
