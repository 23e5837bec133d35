using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using IndicatorCore.Columns;

namespace IndicatorCore.Tests.Support;

/// <summary>Reads the truth of gold files, in Arrow's integration JSON format (docs/source/format/Integration.rst), into texts.</summary>
internal sealed class IntegrationJson : IDisposable
{
    private readonly JsonDocument _document;
    private readonly Dictionary<long, (JsonElement Field, JsonElement Column)> _dictionaries = [];

    public IntegrationJson(string path)
    {
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        _document = JsonDocument.Parse(stream);
        var fields = _document.RootElement.GetProperty("schema").GetProperty("fields");
        if (_document.RootElement.TryGetProperty("dictionaries", out var dictionaries))
        {
            foreach (var dictionary in dictionaries.EnumerateArray())
            {
                var id = dictionary.GetProperty("id").GetInt64();
                _dictionaries[id] = (FindField(fields, id)!.Value, dictionary.GetProperty("data").GetProperty("columns")[0]);
            }
        }
    }

    public List<ReadBatch> Batches()
    {
        var fields = _document.RootElement.GetProperty("schema").GetProperty("fields").EnumerateArray().ToArray();
        var batches = new List<ReadBatch>();
        foreach (var batch in _document.RootElement.GetProperty("batches").EnumerateArray())
        {
            var columns = batch.GetProperty("columns").EnumerateArray().ToArray();
            batches.Add(new ReadBatch(
                batch.GetProperty("count").GetInt32(),
                [.. fields.Zip(columns, (field, column) => Column(field, column))]));
        }

        return batches;
    }

    public void AssertSchema(Schema schema)
    {
        AssertFields(_document.RootElement.GetProperty("schema").GetProperty("fields"), schema.Fields);
        Assert.Equal(Metadata(_document.RootElement.GetProperty("schema")), Sorted(schema.Metadata));
    }

    public void Dispose() => _document.Dispose();

    // names below maps are the writer's choice, ids of dictionaries too, and metadata has no order
    private static void AssertFields(JsonElement expected, IReadOnlyList<Field> actual, bool areNamesFree = false)
    {
        Assert.Equal(expected.GetArrayLength(), actual.Count);
        var i = 0;
        foreach (var field in expected.EnumerateArray())
        {
            if (!areNamesFree)
            {
                Assert.Equal(field.GetProperty("name").GetString(), actual[i].Name);
            }

            Assert.Equal(field.GetProperty("nullable").GetBoolean(), actual[i].IsNullable);
            Assert.Equal(TypeText(field.GetProperty("type")), actual[i].Type.ToString().Replace("_", string.Empty, StringComparison.Ordinal));
            Assert.Equal(Metadata(field), Sorted(actual[i].Metadata));
            var encoding = field.TryGetProperty("dictionary", out var dictionary) ? dictionary.GetProperty("id").GetInt64() : (long?)null;
            Assert.Equal(encoding is null, actual[i].Dictionary is null);
            if (encoding is not null)
            {
                Assert.Equal(TypeText(dictionary.GetProperty("indexType")), actual[i].Dictionary!.IndexType.ToString());
                Assert.Equal(dictionary.GetProperty("isOrdered").GetBoolean(), actual[i].Dictionary!.IsOrdered);
            }

            AssertFields(field.GetProperty("children"), actual[i].Children, areNamesFree || actual[i].Type.Id == ArrowTypeId.Map);
            i++;
        }
    }

    private static KeyValuePair<string, string>[] Metadata(JsonElement owner) => owner.TryGetProperty("metadata", out var entries)
        ? Sorted(entries.EnumerateArray().Select(static entry => KeyValuePair.Create(entry.GetProperty("key").GetString()!, entry.GetProperty("value").GetString()!)))
        : [];

    private static KeyValuePair<string, string>[] Sorted(IEnumerable<KeyValuePair<string, string>> entries) =>
        [.. entries.OrderBy(static entry => entry.Key, StringComparer.Ordinal).ThenBy(static entry => entry.Value, StringComparer.Ordinal)];

    private static string TypeText(JsonElement type)
    {
        string Text(string name) => type.GetProperty(name).GetString()!;
        int Int(string name, int absent) => type.TryGetProperty(name, out var value) ? value.GetInt32() : absent;
        var unit = type.TryGetProperty("unit", out var found) ? found.GetString() : null;
        var shortUnit = unit switch { "SECOND" => "s", "MILLISECOND" => "ms", "MICROSECOND" => "us", "NANOSECOND" => "ns", _ => unit };
        return Text("name") switch
        {
            "int" => (type.GetProperty("isSigned").GetBoolean() ? "int" : "uint") + Int("bitWidth", 0),
            "floatingpoint" => Text("precision") switch { "HALF" => "float16", "SINGLE" => "float32", _ => "float64" },
            "fixedsizebinary" => $"fixedsizebinary[{Int("byteWidth", 0)}]",
            "fixedsizelist" => $"fixedsizelist[{Int("listSize", 0)}]",
            "decimal" => $"decimal{Int("bitWidth", 128)}({Int("precision", 0)}, {Int("scale", 0)})",
            "date" => unit == "DAY" ? "date32" : "date64",
            "time" => $"time{Int("bitWidth", 0)}[{shortUnit}]",
            "timestamp" => type.TryGetProperty("timezone", out var zone) ? $"timestamp[{shortUnit}, {zone.GetString()}]".Replace("_", string.Empty, StringComparison.Ordinal) : $"timestamp[{shortUnit}]",
            "duration" => $"duration[{shortUnit}]",
            "interval" => unit switch { "YEAR_MONTH" => "interval[ym]", "DAY_TIME" => "interval[dt]", _ => "interval[mdn]" },
            "union" => Text("mode") == "SPARSE" ? "sparseunion" : "denseunion",
            var name => name,
        };
    }

    private static JsonElement? FindField(JsonElement fields, long id)
    {
        foreach (var field in fields.EnumerateArray())
        {
            if (field.TryGetProperty("dictionary", out var dictionary) && dictionary.GetProperty("id").GetInt64() == id)
            {
                return field;
            }

            if (FindField(field.GetProperty("children"), id) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static long Number(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? long.Parse(value.GetString()!, CultureInfo.InvariantCulture)
        : value.GetInt64();

    private static long[] Numbers(JsonElement column, string name) => column.TryGetProperty(name, out var values)
        ? [.. values.EnumerateArray().Select(Number)]
        : [];

    private string[] Column(JsonElement field, JsonElement column)
    {
        if (!field.TryGetProperty("dictionary", out var encoding))
        {
            return Plain(field, column);
        }

        var (valueField, valueColumn) = _dictionaries[encoding.GetProperty("id").GetInt64()];
        var values = Plain(valueField, valueColumn);
        var validity = Numbers(column, "VALIDITY");
        var codes = column.GetProperty("DATA").EnumerateArray().Select(Number).ToArray();
        return [.. codes.Select((code, row) => validity[row] == 0 ? ValueText.Null : values[code])];
    }

    private string[] Plain(JsonElement field, JsonElement column)
    {
        var count = column.GetProperty("count").GetInt32();
        var validity = Numbers(column, "VALIDITY");
        var texts = new string[count];
        var value = Values(field, column);
        for (var row = 0; row < count; row++)
        {
            texts[row] = validity.Length > 0 && validity[row] == 0 ? ValueText.Null : value(row);
        }

        return texts;
    }

    private Func<int, string> Values(JsonElement field, JsonElement column)
    {
        var type = field.GetProperty("type");
        var name = type.GetProperty("name").GetString()!;
        var data = column.TryGetProperty("DATA", out var found) ? found.EnumerateArray().ToArray() : [];
        var offsets = Numbers(column, "OFFSET");
        var sizes = Numbers(column, "SIZE");
        var fields = field.GetProperty("children").EnumerateArray().ToArray();
        var children = column.TryGetProperty("children", out var columns)
            ? fields.Zip(columns.EnumerateArray(), Column).ToArray()
            : [];
        string Items(int start, int end) => $"[{string.Concat(children[0][start..end].Select(static item => item + ","))}]";
        switch (name)
        {
            case "null":
                return static _ => ValueText.Null;
            case "struct":
                return row => $"{{{string.Concat(children.Select(child => child[row] + ","))}}}";
            case "list" or "largelist" or "map":
                return row => Items((int)offsets[row], (int)offsets[row + 1]);
            case "listview" or "largelistview":
                return row => Items((int)offsets[row], (int)(offsets[row] + sizes[row]));
            case "fixedsizelist":
                var size = type.GetProperty("listSize").GetInt32();
                return row => Items(row * size, (row + 1) * size);
            case "union":
                var ids = type.GetProperty("typeIds").EnumerateArray().Select(static id => id.GetInt64()).ToArray();
                var typeIds = Numbers(column, "TYPE_ID");
                return row =>
                {
                    var child = Array.IndexOf(ids, typeIds[row]);
                    return $"{child}:{children[child][offsets.Length > 0 ? (int)offsets[row] : row]}";
                };
            case "runendencoded":
                return row => children[1][Array.FindIndex(children[0], end => long.Parse(end, CultureInfo.InvariantCulture) > row)];
            case "binaryview" or "utf8view":
                var views = column.GetProperty("VIEWS").EnumerateArray().ToArray();
                var buffers = column.GetProperty("VARIADIC_DATA_BUFFERS").EnumerateArray().Select(static hex => hex.GetString()!).ToArray();
                return row => View(views[row], buffers, name == "utf8view");
            default:
                return row => Scalar(type, name, data[row]);
        }
    }

    private static string View(JsonElement view, string[] buffers, bool isText)
    {
        if (view.TryGetProperty("INLINED", out var inlined))
        {
            return ValueText.Quote(inlined.GetString()!);
        }

        var hex = buffers[view.GetProperty("BUFFER_INDEX").GetInt32()]
            .Substring(2 * view.GetProperty("OFFSET").GetInt32(), 2 * view.GetProperty("SIZE").GetInt32());
        return ValueText.Quote(isText ? Encoding.UTF8.GetString(Convert.FromHexString(hex)) : hex);
    }

    private static string Scalar(JsonElement type, string name, JsonElement value) => name switch
    {
        "bool" => value.ValueKind switch { JsonValueKind.True => "true", JsonValueKind.False => "false", _ => value.GetInt32() != 0 ? "true" : "false" },
        "floatingpoint" => type.GetProperty("precision").GetString() switch
        {
            "HALF" => ValueText.Number((double)(Half)value.GetDouble()),
            "SINGLE" => ValueText.Number((float)value.GetDouble()),
            _ => ValueText.Number(value.GetDouble()),
        },
        "utf8" or "largeutf8" or "binary" or "largebinary" or "fixedsizebinary" => ValueText.Quote(value.GetString()!),
        "interval" when value.ValueKind == JsonValueKind.Object => value.TryGetProperty("months", out var months)
            ? $"{months}m {value.GetProperty("days")}d {Number(value.GetProperty("nanoseconds"))}ns"
            : $"{value.GetProperty("days")}d {value.GetProperty("milliseconds")}ms",
        _ => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(),
    };
}
