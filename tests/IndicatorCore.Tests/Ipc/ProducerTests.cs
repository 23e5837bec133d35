using System.IO.Compression;
using System.Text.Json;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Ipc;

/// <summary>Files and streams that Polars, Arrow JS and ClickHouse wrote, against the rows that they were given.</summary>
public sealed class ProducerTests
{
    private const string Partial = "polars.lz4.multichunk.cat.partial.arrow";
    private static readonly JsonElement[] s_truth = Truth();

    public static TheoryData<string> Files() => [.. Directory.EnumerateFiles(ArrowData.Producers)
        .Select(static path => Path.GetFileName(path))
        .Where(static name => name.EndsWith(".arrow", StringComparison.Ordinal) || name.EndsWith(".arrows", StringComparison.Ordinal))
        .Where(static name => name != Partial)
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_producers_output_is_read_as_its_rows_say(string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(ArrowData.Producers, file));
        if (file.Contains("zstd", StringComparison.Ordinal))
        {
            var fault = Assert.Throws<UnsupportedArrowException>(() => IpcReading.Any(bytes));
            Assert.Contains("ZSTD", fault.Message, StringComparison.Ordinal);
            return;
        }

        var (schema, batches) = IpcReading.Any(bytes);
        var own = Path.Combine(ArrowData.Producers, file + ".truth.json");
        if (File.Exists(own))
        {
            AssertBatches(JsonDocument.Parse(File.ReadAllText(own)).RootElement, schema, batches);
            return;
        }

        var (first, count) = Rows(file);
        Assert.Equal(count, batches.Sum(static batch => batch.Rows));
        if (file.Contains("bigblocks", StringComparison.Ordinal))
        {
            AssertBig(schema, batches);
            return;
        }

        var compared = 0;
        for (var ordinal = 0; ordinal < schema.Fields.Count; ordinal++)
        {
            var row = first;
            foreach (var text in batches.SelectMany(batch => batch.Columns[ordinal]!))
            {
                var field = schema.Fields[ordinal];
                if (Expected(field, s_truth[row]) is { } truth)
                {
                    compared++;
                    Assert.True(ArrowData.Shows(field, truth, text), $"{field}, row {row}: {truth} was read as {text}");
                }

                row++;
            }
        }

        Assert.True(compared > 0 || count == 0 || file.Contains("nested", StringComparison.Ordinal) || schema.Fields.Count == 0, "Nothing was compared.");
    }

    [Fact]
    public void A_file_that_lacks_its_footer_is_called_truncated()
    {
        var bytes = File.ReadAllBytes(Path.Combine(ArrowData.Producers, Partial));
        var fault = Assert.Throws<MalformedArrowException>(() => IpcReading.File(bytes));
        Assert.Equal(DataFault.Truncated, fault.Kind);
    }

    private static (int First, int Count) Rows(string file)
    {
        bool Has(string part) => file.Contains(part, StringComparison.Ordinal);
        return (file.Split('.')[0], file) switch
        {
            _ when Has("zerorows") || Has("zerobatch") => (0, 0),
            ("polars", _) when Has("bigblocks") => (0, 100_000),
            _ when Has("bigblocks") => (0, 700_000),
            _ when Has("sliced") => (7, 300),
            ("polars" or "polarssink", _) => (0, 1200),
            ("js", _) when Has("zerocol") => (0, 0),
            ("js", _) when Has("nested") => (0, 120),
            ("js", _) when Has("dict") => (0, 1200),
            _ when Has("lcdict.multi") => (0, 1000),
            _ when Has("idx64") || Has("unsigned") => (0, 400),
            _ when Has("binstring") => (0, 300),
            _ => (0, 600),
        };
    }

    private static JsonElement? Expected(Field field, JsonElement row)
    {
        var name = field.Name;
        if (name == "dt")
        {
            return Number(row.GetProperty("ts").GetInt64() / 1000);
        }

        if (name.StartsWith("ts", StringComparison.Ordinal) && field.Type.Id == ArrowTypeId.Timestamp)
        {
            var milliseconds = row.GetProperty("ts").GetInt64();
            return Number(field.Type.Unit switch
            {
                TimeUnit.Second => milliseconds / 1000,
                TimeUnit.Millisecond => milliseconds,
                TimeUnit.Microsecond => milliseconds * 1000,
                _ => milliseconds * 1_000_000,
            });
        }

        var plain = name.Replace("_cat", string.Empty, StringComparison.Ordinal).Replace("_lc", string.Empty, StringComparison.Ordinal);
        plain = plain == "note_l" ? "note" : plain;
        if (!row.TryGetProperty(plain, out var value))
        {
            return null;
        }

        // ClickHouse has no null lists: it wrote empty ones
        return value.ValueKind == JsonValueKind.Null && field is { Type.Id: ArrowTypeId.List, IsNullable: false }
            ? JsonSerializer.SerializeToElement(Array.Empty<int>())
            : value;
    }

    private static JsonElement Number(long value) => JsonSerializer.SerializeToElement(value);

    private static void AssertBatches(JsonElement truth, Schema schema, List<ReadBatch> batches)
    {
        Assert.Equal(truth.GetArrayLength(), batches.Count);
        for (var batch = 0; batch < batches.Count; batch++)
        {
            var texts = batches[batch].Columns[0]!;
            Assert.Equal(truth[batch].GetArrayLength(), texts.Length);
            for (var row = 0; row < texts.Length; row++)
            {
                Assert.True(ArrowData.Shows(schema.Fields[0], truth[batch][row], texts[row]), $"batch {batch}, row {row}: {texts[row]}");
            }
        }
    }

    private static void AssertBig(Schema schema, List<ReadBatch> batches)
    {
        const long Seed = 11;
        var row = 0L;
        Assert.Equal(["k", "w", "s"], schema.Fields.Select(static field => field.Name));
        foreach (var batch in batches)
        {
            for (var i = 0; i < batch.Rows; i++, row++)
            {
                Assert.Equal(ValueText.Number(row * Seed % 1000), batch.Columns[0]![i]);
                Assert.Equal(ValueText.Number(row * Seed % 97 / 8.0), batch.Columns[1]![i]);
                Assert.Equal(ValueText.Quote($"L{row % 50}"), batch.Columns[2]![i]);
            }
        }
    }

    private static JsonElement[] Truth()
    {
        using var stream = new GZipStream(File.OpenRead(Path.Combine(ArrowData.Producers, "truth.seed11.ndjson.gz")), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        var rows = new List<JsonElement>();
        while (reader.ReadLine() is { } line)
        {
            rows.Add(JsonDocument.Parse(line).RootElement);
        }

        return [.. rows];
    }
}
