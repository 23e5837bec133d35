using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Numerics;
using System.Text;
using IndicatorCore.Adapters.Values;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Sources;

namespace IndicatorCore.Adapters.Registry;

/// <summary>
/// One Arrow file or stream of a registry. Values become the texts that a CSV file would hold: dates and wall-clock midnights as <c>2024-03-01</c>, other
/// timestamps as RFC 3339, null and NaN as nothing.
/// </summary>
internal static class RegistryArrow
{
    private const int MaxBytes = 1 << 28;

    /// <summary>The rows in file order; rows without any value are none.</summary>
    /// <exception cref="ConfigurationException">A required column is missing, or a column has a type that no value of a registry has.</exception>
    /// <exception cref="IndicatorDataException">It is no Arrow that can be read here.</exception>
    public static IEnumerable<RegistryRow> Rows(string path, string table, IReadOnlyList<string> required, IReadOnlyList<string> optional)
    {
        var location = new DataLocation(File: path, Table: table);
        var bytes = ConfigurationText.ReadBytes(path, MaxBytes);
        return IpcFormatDetection.Detect(bytes.AsSpan(0, Math.Min(bytes.Length, IpcFormatDetection.HeadLength))) == IpcContainer.Stream
            ? OfStream(bytes, location, required, optional)
            : OfFile(bytes, location, required, optional);
    }

    private static List<RegistryRow> OfFile(byte[] bytes, DataLocation location, IReadOnlyList<string> required, IReadOnlyList<string> optional)
    {
        try
        {
            using var reader = IpcFileReader.Open(bytes, location.File!);
            using var lease = new BatchLease();
            var table = new Table(reader.Schema, location, required, optional);
            var projection = Projection.Of(reader.Schema, table.Read);
            for (var batch = 0; batch < reader.BatchCount; batch++)
            {
                reader.Read(batch, projection, lease);
                lease.Decode();
                table.Add(lease.View(), batch);
            }

            return table.Rows;
        }
        catch (IndicatorDataException fault)
        {
            throw fault.At(location);
        }
    }

    private static List<RegistryRow> OfStream(byte[] bytes, DataLocation location, IReadOnlyList<string> required, IReadOnlyList<string> optional)
    {
        // of bytes in memory nothing is waited for
        return OfStreamAsync(bytes, location, required, optional).AsTask().GetAwaiter().GetResult();
    }

    private static async ValueTask<List<RegistryRow>> OfStreamAsync(byte[] bytes, DataLocation location, IReadOnlyList<string> required, IReadOnlyList<string> optional)
    {
        try
        {
            await using var reader = new IpcStreamReader(PipeReader.Create(new ReadOnlySequence<byte>(bytes)), location.File!);
            using var lease = new BatchLease();
            var schema = await reader.ReadSchemaAsync().ConfigureAwait(false);
            var table = new Table(schema, location, required, optional);
            reader.Project(Projection.Of(schema, table.Read));
            for (var batch = 0; await reader.ReadAsync(lease).ConfigureAwait(false); batch++)
            {
                lease.Decode();
                table.Add(lease.View(), batch);
            }

            return table.Rows;
        }
        catch (IndicatorDataException fault)
        {
            throw fault.At(location);
        }
    }

    /// <summary>A table while it is read.</summary>
    private sealed class Table
    {
        private readonly string[] _headings;
        private readonly Dictionary<string, int> _columns;
        private readonly DataLocation _location;

        public Table(Schema schema, DataLocation location, IReadOnlyList<string> required, IReadOnlyList<string> optional)
        {
            _location = location;
            _headings = [.. schema.Fields.Select(static field => field.Name.Trim())];
            _columns = RegistryTable.Columns(_headings, required, optional, location.Table!, location);
            foreach (var ordinal in _columns.Values.Order().Where(ordinal => !IsText(schema.Fields[ordinal])))
            {
                throw new ConfigurationException(
                    $"The column is {schema.Fields[ordinal].Type}, which no value of a registry is", location with { Column = _headings[ordinal] },
                    "Write it as text, number, boolean, date, time or timestamp; several values as one text, separated by ;.");
            }

            Read = [.. Enumerable.Range(0, _headings.Length).Where(ordinal => IsText(schema.Fields[ordinal]))];
        }

        /// <summary>The columns that hold texts, or what can be written as one; others are passed over.</summary>
        public int[] Read { get; }

        /// <summary>The rows so far.</summary>
        public List<RegistryRow> Rows { get; } = [];

        /// <summary>Adds the rows of a batch.</summary>
        public void Add(RecordBatch batch, int ordinal)
        {
            var fields = new string[batch.Length][];
            for (var row = 0; row < fields.Length; row++)
            {
                fields[row] = new string[_headings.Length];
                fields[row].AsSpan().Fill(string.Empty);
            }

            foreach (var index in Read)
            {
                var column = batch[index];
                var known = column.Dictionary is { } dictionary ? new string?[dictionary.Count] : [];
                for (var row = 0; row < fields.Length; row++)
                {
                    fields[row][index] = known.Length > 0 && column.IsValid(row) ? known[column.Code(row)] ??= ValueOf(column, row) : ValueOf(column, row);
                }
            }

            for (var row = 0; row < fields.Length; row++)
            {
                if (fields[row].Any(static field => !string.IsNullOrWhiteSpace(field)))
                {
                    Rows.Add(new RegistryRow(_headings, _columns, fields[row], _location with { Batch = ordinal, Row = row }));
                }
            }
        }

        private static bool IsText(Field field) => field.Type.Id switch
        {
            ArrowTypeId.Utf8 or ArrowTypeId.LargeUtf8 or ArrowTypeId.Utf8View or ArrowTypeId.Int or ArrowTypeId.FloatingPoint or ArrowTypeId.Bool or ArrowTypeId.Decimal
                or ArrowTypeId.Date or ArrowTypeId.Time or ArrowTypeId.Timestamp or ArrowTypeId.Null => true,
            ArrowTypeId.RunEndEncoded => IsText(field.Children[1]),
            _ => false,
        };

        private static string ValueOf(Column column, int row)
        {
            if (column.Dictionary is { } dictionary)
            {
                return column.IsValid(row) ? ValueOf(dictionary.AsColumn(), column.Code(row)) : string.Empty;
            }

            var type = column.Field.Type;
            if (type.Id == ArrowTypeId.RunEndEncoded)
            {
                return ValueOf(column.Child(1), column.RunIndex(row));
            }

            if (type.Id == ArrowTypeId.Null || !column.IsValid(row))
            {
                return string.Empty;
            }

            switch (type.Id)
            {
                case ArrowTypeId.Utf8 or ArrowTypeId.LargeUtf8 or ArrowTypeId.Utf8View:
                    return Encoding.UTF8.GetString(column.Bytes(row));
                case ArrowTypeId.Bool:
                    return column.Bit(row) ? "1" : "0";
                case ArrowTypeId.Int:
                    return type.BitWidth == 64 && !type.IsSigned ? column.Values<ulong>()[row].ToString() : Scalar.Integer(column, row).ToString();
                case ArrowTypeId.FloatingPoint:
                    return Number(column, row);
                case ArrowTypeId.Decimal:
                    var text = Scalar.DecimalText(new BigInteger(column.Bytes(row)), type.Scale);
                    return type.Scale > 0 ? text.TrimEnd('0').TrimEnd('.') : text;
                default:
                    return Instant(type, Scalar.Integer(column, row));
            }
        }

        private static string Number(Column column, int row)
        {
            var text = column.Field.Type.BitWidth switch
            {
                16 => column.Values<Half>()[row].ToString("R", CultureInfo.InvariantCulture),
                32 => column.Values<float>()[row].ToString("R", CultureInfo.InvariantCulture),
                _ => column.Values<double>()[row].ToString("R", CultureInfo.InvariantCulture),
            };
            return text == "NaN" ? string.Empty
                : text.Contains('E', StringComparison.Ordinal) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var plain)
                    ? plain.ToString(CultureInfo.InvariantCulture)
                    : text;
        }

        // writers of data frames keep dates as wall-clock midnights
        private static string Instant(ArrowType type, long value)
        {
            var text = TimeText.Of(type, value);
            return type is { Id: ArrowTypeId.Timestamp, TimeZone: null } && text.EndsWith("T00:00:00", StringComparison.Ordinal) ? text[..^"T00:00:00".Length] : text;
        }
    }
}
