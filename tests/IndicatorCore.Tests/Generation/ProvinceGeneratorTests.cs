using System.Security.Cryptography;
using System.Text.Json;
using IndicatorCore.Generation;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Generation;

[Collection(nameof(Alone))]
public sealed class ProvinceGeneratorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("indicatorcore-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(GenerationLayout.Tables, RowOrder.TimeMajor, IpcFormat.File)]
    [InlineData(GenerationLayout.Tables, RowOrder.Shuffled, IpcFormat.Stream)]
    [InlineData(GenerationLayout.Telemetry, RowOrder.TimeMajor, IpcFormat.Stream)]
    public void Equal_options_give_equal_bytes_and_another_seed_others(GenerationLayout layout, RowOrder order, IpcFormat format)
    {
        var options = Small("a") with { Layout = layout, Order = order, Format = format };
        new ProvinceGenerator(options).Generate();
        new ProvinceGenerator(options with { OutputDirectory = Path.Combine(_folder, "b") }).Generate();
        new ProvinceGenerator(options with { OutputDirectory = Path.Combine(_folder, "c"), Seed = 8 }).Generate();
        var (first, again, other) = (Hashes("a"), Hashes("b"), Hashes("c"));
        Assert.Equal(first, again);
        foreach (var name in first.Keys.Where(static name => !name.EndsWith("zones.csv", StringComparison.Ordinal)).Intersect(other.Keys))
        {
            Assert.NotEqual(first[name], other[name]);
        }
    }

    [Fact]
    public void The_file_list_says_what_lies_in_the_folder()
    {
        var summary = new ProvinceGenerator(Small("a")).Generate();
        var onDisk = Directory.GetFiles(Path.Combine(_folder, "a"), "*.arrow").Select(static path => Path.GetFileName(path)!).Order();
        Assert.Equal(onDisk, summary.Files.Select(static file => file.Name).Order());
        Assert.All(summary.Files, file => Assert.Equal(file.Bytes, new FileInfo(Path.Combine(_folder, "a", file.Name)).Length));
        Assert.Equal(summary.Rows, summary.Files.Where(static file => file.ReplayOf is null).Sum(static file => file.Rows));

        var copy = Assert.Single(summary.Files, static file => file.ReplayOf is not null);
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(_folder, "a", copy.ReplayOf!)), File.ReadAllBytes(Path.Combine(_folder, "a", copy.Name)));

        using var expected = JsonDocument.Parse(File.ReadAllBytes(summary.ExpectedPath));
        Assert.Equal(summary.Rows, expected.RootElement.GetProperty("rows").GetInt64());
        Assert.Equal(summary.Files.Count, expected.RootElement.GetProperty("files").GetArrayLength());
        Assert.Equal("2025-01-01T00:00:00+08:00", expected.RootElement.GetProperty("reference_date").GetString());
    }

    [Theory]
    [InlineData(GenerationLayout.Tables)]
    [InlineData(GenerationLayout.Telemetry)]
    public void Rows_handed_on_are_rows_counted(GenerationLayout layout)
    {
        var sink = new CountingSink();
        var options = Small("a") with { Layout = layout, BatchRows = 100 };
        Directory.CreateDirectory(options.OutputDirectory);
        var summary = new ProvinceGenerator(options).Generate(sink, _folder, progress: null, CancellationToken.None);
        Assert.Equal(sink.TotalRows, summary.Rows);
        Assert.Equal(100, sink.LargestBatch);
        Assert.Equal(sink.Names.Distinct(), sink.Names);
        Assert.Equal(sink.Names, summary.Files.Where(static file => file.ReplayOf is null).Select(static file => file.Name));
    }

    [Fact]
    public void Order_and_layout_of_files_change_no_answer()
    {
        new ProvinceGenerator(Small("a")).Generate();
        new ProvinceGenerator(Small("b") with { Order = RowOrder.Shuffled, BatchRows = 500, Format = IpcFormat.Stream, Compress = false }).Generate();
        Assert.Equal(Profiles("a"), Profiles("b"));
    }

    [Fact]
    public void The_registry_has_the_headings_of_the_contract()
    {
        new ProvinceGenerator(Small("a")).Generate();
        var lines = File.ReadAllText(Path.Combine(_folder, "a", "registry", "lines.csv")).Split('\n');
        Assert.Equal("产线编号,车间,工厂编号,投产日期,佐证编号", lines[0]);
        var devices = File.ReadAllText(Path.Combine(_folder, "a", "registry", "devices.csv")).Split('\n');
        Assert.Equal("设备编号,产线编号,是否关键设备,设备类型,所属网关,接入方式,生效日期,失效日期", devices[0]);
        Assert.StartsWith(
            "factory,name,enterprise,credit_code,city,district,province,industry,class,park,zone,operator",
            File.ReadAllText(Path.Combine(_folder, "a", "registry", "factories.csv")),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "factory,floor,ix,iy\n", File.ReadAllText(Path.Combine(_folder, "a", "registry", "grid_cells.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_faults_nothing_is_quarantined_or_replayed()
    {
        var summary = new ProvinceGenerator(Small("a") with { Faults = false }).Generate();
        Assert.Empty(summary.Quarantined);
        Assert.DoesNotContain(summary.Files, static file => file.ReplayOf is not null);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProvinceGenerator(Small("a") with { Days = 400 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProvinceGenerator(Small("a") with { Days = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProvinceGenerator(Small("a") with { Factories = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProvinceGenerator(Small("a") with { Lines = 65 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProvinceGenerator(Small("a") with { Devices = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProvinceGenerator(Small("a") with { Period = TimeSpan.FromSeconds(7) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProvinceGenerator(Small("a") with { Period = TimeSpan.FromMilliseconds(500) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProvinceGenerator(Small("a") with { HotDays = 61 }));
    }

    [Fact]
    public void Cancellation_is_honoured() => Assert.Throws<OperationCanceledException>(() =>
        new ProvinceGenerator(Small("a")).Generate(progress: null, new CancellationToken(canceled: true)));

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(1, 1, 540)]
    [InlineData(2, 23, 731)]
    [InlineData(3, 40, 1096)]
    public void Every_shape_of_province_can_be_answered(ulong seed, int factories, int days)
    {
        var options = Small("a") with { Seed = seed, Factories = factories, Days = days };
        var summary = new ProvinceGenerator(options).Generate();
        Assert.Equal(factories, summary.Factories);
        Assert.NotEmpty(Profiles("a"));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Memory_does_not_grow_with_the_rows()
    {
        var few = Peak(500_000);
        var many = Peak(2_000_000);
        Assert.True(many < few + (48L << 20), $"Peak {few >> 20} MiB at 500,000 rows, {many >> 20} MiB at 2,000,000.");
    }

    private long Peak(long rows)
    {
        GC.Collect();
        var peak = 0L;
        var options = Small("m") with { Rows = rows, Factories = 20, BatchRows = 16_384 };
        var summary = new ProvinceGenerator(options).Generate(
            new Watch(() => peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false))), CancellationToken.None);
        Assert.InRange(summary.Rows, rows * 7 / 10, rows * 13 / 10);
        return peak;
    }

    private GenerationOptions Small(string folder) =>
        new() { Seed = 7, Rows = 4_000, Factories = 2, OutputDirectory = Path.Combine(_folder, folder) };

    private SortedDictionary<string, string> Hashes(string folder)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var root = Path.Combine(_folder, folder);
        foreach (var path in Directory.GetFiles(root, "*", SearchOption.AllDirectories))
        {
            hashes[Path.GetRelativePath(root, path)] = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
        }

        return hashes;
    }

    private string Profiles(string folder)
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, folder, "expected.json")));
        return expected.RootElement.GetProperty("profiles").GetRawText();
    }

    private sealed class Watch(Action look) : IProgress<GenerationProgress>
    {
        public void Report(GenerationProgress value) => look();
    }
}
