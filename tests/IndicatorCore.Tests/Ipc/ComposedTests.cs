using System.Diagnostics;
using System.Text.Json;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Ipc;

/// <summary>Legal corner cases and hostile inputs, composed byte by byte, as their manifest expects.</summary>
public sealed class ComposedTests
{
    /// <summary>What we do where the manifest allows an error or a result: these are read, the others refused.</summary>
    private static readonly HashSet<string> s_read =
    [
        "ok.unused_dictionary_id.arrows",
        "bad.node_nullcount_wrong.arrows",
        "bad.file_footer_schema_differs.arrow",
    ];

    public static TheoryData<string> Files()
    {
        var data = new TheoryData<string>();
        foreach (var entry in Manifest().EnumerateArray())
        {
            var file = entry.GetProperty("file").GetString()!;
            if (File.Exists(Path.Combine(ArrowData.Composed, file)))
            {
                data.Add(file);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_composed_input_is_read_or_refused_as_expected(string file)
    {
        var entry = Manifest().EnumerateArray().Single(entry => entry.GetProperty("file").GetString() == file);
        var bytes = File.ReadAllBytes(Path.Combine(ArrowData.Composed, file));
        var expect = entry.GetProperty("expect").GetString();
        var clock = Stopwatch.StartNew();
        if (expect == "ok" || (expect == "error-or-ok" && s_read.Contains(file)))
        {
            var (schema, batches) = IpcReading.Any(bytes);
            if (entry.TryGetProperty("truth", out var truth))
            {
                AssertTruth(truth, schema, batches);
            }
        }
        else
        {
            var fault = Record.Exception(() => IsFile(file) ? IpcReading.File(bytes) : IpcReading.Stream(bytes));
            var typed = Assert.IsAssignableFrom<IndicatorDataException>(fault);
            Assert.Equal("test", typed.Location.File);
        }

        Assert.InRange(clock.ElapsedMilliseconds, 0, 10_000);
    }

    [Fact]
    public void Most_of_the_set_is_here() => Assert.InRange(Files().Count, 150, 1000);

    private static bool IsFile(string file) => file.EndsWith(".arrow", StringComparison.Ordinal);

    private static void AssertTruth(JsonElement truth, Schema schema, List<ReadBatch> batches)
    {
        var ordinal = 0;
        foreach (var column in truth.EnumerateObject())
        {
            var texts = batches.SelectMany(batch => batch.Columns[ordinal]!).ToArray();
            Assert.Equal(column.Value.GetArrayLength(), texts.Length);
            for (var row = 0; row < texts.Length; row++)
            {
                Assert.True(
                    ArrowData.Shows(schema.Fields[ordinal], column.Value[row], texts[row]),
                    $"{column.Name}, row {row}: {column.Value[row]} was read as {texts[row]}");
            }

            ordinal++;
        }

        Assert.Equal(ordinal, schema.Fields.Count);
    }

    private static JsonElement Manifest() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(ArrowData.Composed, "manifest.json"))).RootElement.GetProperty("entries");
}
