using System.Text.Json.Nodes;
using IndicatorCore.Columns;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Ipc;

/// <summary>What the writer writes, read by apache-arrow (JS): tests/foreign, after <c>npm ci</c> there.</summary>
[Trait("Category", "Foreign")]
public sealed class ForeignReaderTests
{
    public static TheoryData<IpcFormat, bool> Forms() => new()
    {
        { IpcFormat.File, false },
        { IpcFormat.Stream, false },
        { IpcFormat.File, true },
        { IpcFormat.Stream, true },
    };

    [SkippableTheory]
    [MemberData(nameof(Forms))]
    public void Every_type_is_read_with_equal_values(IpcFormat format, bool compress)
    {
        int[] rowCounts = [100, 1, 0, 1000];
        var lines = ForeignReader.Read(Write(format, compress, rowCounts));
        Assert.Equal(1 + rowCounts.Length, lines.Count);
        var firstRow = 0;
        for (var batch = 0; batch < rowCounts.Length; batch++)
        {
            var record = lines[batch + 1];
            Assert.Equal(rowCounts[batch], record["rows"]!.GetValue<int>());
            var columns = record["batch"]!.AsArray();
            Assert.Equal(WrittenSample.Schema.Fields.Count, columns.Count);
            for (var ordinal = 0; ordinal < columns.Count; ordinal++)
            {
                var values = columns[ordinal]!.AsArray();
                Assert.Equal(rowCounts[batch], values.Count);
                for (var row = 0; row < values.Count; row++)
                {
                    var expected = WrittenSample.Expected(ordinal, firstRow + row);
                    Assert.True(
                        JsonNode.DeepEquals(JsonNode.Parse(expected?.ToJsonString() ?? "null"), values[row]),
                        $"{WrittenSample.Schema.Fields[ordinal]}, batch {batch}, row {row}: {expected?.ToJsonString()} was read as {values[row]?.ToJsonString()}");
                }
            }

            firstRow += rowCounts[batch];
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Forms))]
    public void Names_types_nullability_and_metadata_are_read(IpcFormat format, bool compress)
    {
        var schema = ForeignReader.Read(Write(format, compress, []))[0]["schema"]!;
        Assert.Equal("""[["exported_by","测试"],["empty",""]]""", Plain(schema["metadata"]));
        var fields = schema["fields"]!.AsArray();
        Assert.Equal(WrittenSample.Schema.Fields.Select(static field => field.Name), fields.Select(static field => (string?)field!["name"]));
        Assert.Equal(WrittenSample.Schema.Fields.Select(static field => field.IsNullable), fields.Select(static field => (bool)field!["nullable"]!));
        var byName = fields.ToDictionary(static field => (string)field!["name"]!, static field => field!);
        Assert.Equal("""[["unit","none"]]""", Plain(byName["line"]["metadata"]));
        Assert.Equal("Dictionary<Int8, Utf8>", (string?)byName["line"]["type"]);
        Assert.Equal("Dictionary<Uint32, Utf8View>", (string?)byName["cell"]["type"]);
        Assert.Equal("Timestamp<MILLISECOND, Asia/Shanghai>", (string?)byName["ts_Millisecond"]["type"]);
        Assert.Equal("Timestamp<SECOND>", (string?)byName["ts_Second"]["type"]);
        Assert.Equal("Float16", (string?)byName["f16"]["type"]);
        Assert.Equal("Time64<NANOSECOND>", (string?)byName["time_Nanosecond"]["type"]);
        Assert.Equal("FixedSizeBinary[3]", (string?)byName["fsb"]["type"]);
    }

    [SkippableTheory]
    [MemberData(nameof(Forms))]
    public void Dictionary_values_that_come_later_are_read(IpcFormat format, bool compress)
    {
        var schema = new Schema
        {
            Fields = [new Field { Name = "k", Type = ArrowType.Of(ArrowTypeId.Utf8), Dictionary = new(1, ArrowType.Int(16)) }],
        };
        using var output = new MemoryStream();
        using (var writer = new IpcWriter(output, schema, new IpcWriterOptions { Format = format, Compress = compress }, leaveOpen: true))
        {
            var batch = new BatchBuilder(schema);
            for (var i = 0; i < 3; i++)
            {
                batch.Clear();
                batch[0].AppendString("a");
                batch[0].AppendString("new" + i);
                writer.Write(batch);
            }

            writer.Complete();
        }

        var lines = ForeignReader.Read(output.ToArray());
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal($$"""[["a","new{{i}}"]]""", Plain(lines[i + 1]["batch"]));
        }
    }

    private static byte[] Write(IpcFormat format, bool compress, int[] rowCounts)
    {
        using var output = new MemoryStream();
        using var writer = new IpcWriter(output, WrittenSample.Schema, new IpcWriterOptions { Format = format, Compress = compress });
        var batch = new BatchBuilder(WrittenSample.Schema);
        var row = 0;
        foreach (var count in rowCounts)
        {
            batch.Clear();
            for (var i = 0; i < count; i++)
            {
                WrittenSample.AppendRow(batch, row++);
            }

            writer.Write(batch);
        }

        writer.Complete();
        return output.ToArray();
    }

    private static string? Plain(JsonNode? node) =>
        node?.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
