using IndicatorCore.Errors;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Ipc;

/// <summary>The gold files of apache/arrow-testing against their JSON truth.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Files()
    {
        var data = new TheoryData<string>();
        var root = Shared.Root is null ? null : Path.Combine(Shared.Root, "arrow", "golden", "integration");
        foreach (var path in Directory.EnumerateFiles(root ?? AppContext.BaseDirectory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (path.EndsWith(".stream", StringComparison.Ordinal) || path.EndsWith(".arrow_file", StringComparison.Ordinal))
            {
                data.Add(Path.GetRelativePath(root!, path));
            }
        }

        if (data.Count == 0)
        {
            data.Add("absent");
        }

        return data;
    }

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void A_gold_file_is_read_as_its_truth_says(string file)
    {
        var path = Shared.Require("arrow", "golden", "integration", file);
        var bytes = File.ReadAllBytes(path);
        if (file.Contains("bigendian", StringComparison.Ordinal))
        {
            Assert.Throws<UnsupportedArrowException>(() => IpcReading.Any(bytes));
            return;
        }

        using var truth = new IntegrationJson(Path.ChangeExtension(path, ".json.gz"));
        if (file.Contains("zstd", StringComparison.Ordinal))
        {
            var fault = Assert.Throws<UnsupportedArrowException>(() => IpcReading.Any(bytes));
            Assert.Contains("ZSTD", fault.Message, StringComparison.Ordinal);
            Assert.NotNull(fault.Location.Column);
            return;
        }

        var (schema, batches) = IpcReading.Any(bytes);
        truth.AssertSchema(schema);
        IpcReading.AssertEqual(truth.Batches(), batches);
    }

    [SkippableFact]
    public void A_schema_of_version_6_is_refused()
    {
        var bytes = File.ReadAllBytes(Shared.Require("arrow", "golden", "forward-compatibility", "schema_v6.arrow"));
        Assert.Throws<UnsupportedArrowException>(() => IpcReading.Any(bytes));
    }
}
