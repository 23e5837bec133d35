using IndicatorCore.Adapters.Registry;
using IndicatorCore.Columns;
using IndicatorCore.Generation;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>What must never change a report: threads, order, names, splits, containers, ways in, and merge trees.</summary>
public sealed class EngineLawsTests : IClassFixture<EngineLawsTests.Province>
{
    private readonly Province _province;

    public EngineLawsTests(Province province) => _province = province;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void Threads_change_nothing(int threads) => Assert.Equal(_province.Digest, DigestOf(_province.Query with { Threads = threads }, _province.Files));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Order_and_names_of_files_change_nothing(int seed)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(seed);
        var files = _province.Files.ToArray();
        random.Shuffle(files);
        for (var i = 0; i < files.Length; i++)
        {
            // the table stays in the name where the schema does not say it
            File.Copy(files[i], folder.File($"{TableOf(files[i])}-x{i:D2}-{random.Next()}.arrow"));
        }

        Assert.Equal(_province.Digest, DigestOf(_province.Query, folder.Path));
        using var engine = new IndicatorEngine(_province.Query);
        foreach (var file in files)
        {
            Reports.ReadFiles(engine, file);   // one call a file: order as shuffled
        }

        Assert.Equal(_province.Digest, engine.Finish().Manifest.RowDigest);
    }

    [Theory]
    [InlineData(97, false)]
    [InlineData(2048, true)]
    [InlineData(1_000_000, true)]
    public void Splitting_batches_changes_nothing(int rows, bool compress)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in _province.Files)
        {
            folder.Write(Path.GetFileName(file), Rebatch.Bytes(file, rows, IpcFormat.File, compress));
        }

        Assert.Equal(_province.Digest, DigestOf(_province.Query, folder.Path));
    }

    [Fact]
    public void Streams_and_files_give_the_same()
    {
        using var folder = new TemporaryFolder();
        using var piped = new IndicatorEngine(_province.Query);
        foreach (var file in _province.Files)
        {
            var bytes = Rebatch.Bytes(file, 5_000, IpcFormat.Stream, compress: true);
            folder.Write(Path.GetFileName(file), bytes);
            Reports.ReadStream(piped, bytes);
        }

        Assert.Equal(_province.Digest, piped.Finish().Manifest.RowDigest);
        Assert.Equal(_province.Digest, DigestOf(_province.Query, folder.Path));
    }

    [Fact]
    public void Leases_and_views_give_the_same_as_files()
    {
        using var leased = new IndicatorEngine(_province.Query);
        Reports.ReadLeases(leased, _province.Files.SelectMany(static file => Leases(file)));
        Assert.Equal(_province.Digest, leased.Finish().Manifest.RowDigest);

        using var added = new IndicatorEngine(_province.Query);
        foreach (var lease in _province.Files.SelectMany(static file => Leases(file)))
        {
            using (lease)
            {
                lease.Decode();
                added.Add(lease.View());
            }
        }

        Assert.Equal(_province.Digest, added.Finish().Manifest.RowDigest);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_tree_of_merges_gives_the_same(int seed)
    {
        var random = new Random(seed);
        var engines = _province.Files.Select(file =>
        {
            var engine = new IndicatorEngine(_province.Query with { Threads = random.Next(1, 3) });
            Reports.ReadFiles(engine, file);
            return engine;
        }).ToList();
        var all = engines.ToList();
        while (engines.Count > 1)
        {
            var (left, right) = (random.Next(engines.Count), random.Next(engines.Count));
            if (left != right)
            {
                engines[left].Merge(engines[right]);
                engines.RemoveAt(right);
            }
        }

        Assert.Equal(_province.Digest, engines[0].Finish().Manifest.RowDigest);
        all.ForEach(static engine => engine.Dispose());
    }

    [Fact]
    public void A_merged_engine_is_left_as_it_was()
    {
        using var left = new IndicatorEngine(_province.Query);
        Reports.ReadFiles(left, _province.Files[0]);
        using var right = new IndicatorEngine(_province.Query);
        Reports.ReadFiles(right, _province.Files[^1]);
        var before = right.Finish();
        left.Merge(right);
        Reports.AssertSame(before, right.Finish());
        Assert.Throws<InvalidOperationException>(() => left.Merge(left));
    }

    [Fact]
    public void A_replayed_file_changes_the_manifest_alone()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in _province.Files)
        {
            File.Copy(file, folder.File(Path.GetFileName(file)));
            File.Copy(file, folder.File($"{TableOf(file)}-again-{Path.GetFileName(file)}"));
        }

        using var engine = new IndicatorEngine(_province.Query);
        Reports.ReadFiles(engine, folder.Path);
        var report = engine.Finish();
        Assert.Equal(_province.Digest, report.Manifest.RowDigest);
        Assert.Equal(_province.Files.Count, report.Manifest.ReplayedInputs);
        Assert.Equal(report.Manifest.Rows, report.Manifest.ReplayedRows);

        // everything counts when asked so
        Assert.NotEqual(_province.Digest, DigestOf(_province.Query with { Dedup = DedupPolicy.None }, folder.Path));
    }

    [Fact]
    public void Asking_for_a_report_consumes_nothing()
    {
        using var engine = new IndicatorEngine(_province.Query);
        string? last = null;
        foreach (var file in _province.Files)
        {
            Reports.ReadFiles(engine, file);
            last = engine.Finish().Manifest.RowDigest;
            Assert.Equal(last, engine.Snapshot().Manifest.RowDigest);
        }

        Assert.Equal(_province.Digest, last);
    }

    [Fact]
    public void Levels_asked_for_together_equal_each_alone()
    {
        string[] levels = ["province", "city,industry", "factory", "line", "park"];
        using var together = new IndicatorEngine(_province.Query with { GroupBy = levels });
        Reports.ReadFiles(together, [.. _province.Files]);
        var lines = Reports.Lines(together.Finish());
        var alone = string.Concat(levels.Select(level =>
        {
            using var engine = new IndicatorEngine(_province.Query with { GroupBy = [level] });
            Reports.ReadFiles(engine, [.. _province.Files]);
            return Reports.Lines(engine.Finish());
        }));
        Assert.Equal(alone.Split('\n'), lines.Split('\n'));
    }

    [Theory]
    [InlineData(Window.Month)]
    [InlineData(Window.Week)]
    public void Calendar_windows_obey_the_same_laws(Window window)
    {
        var query = _province.Query with { Window = window, Select = ["knr", "cov_sample", "energy_kwh"] };
        var expected = DigestOf(query with { Threads = 1 }, _province.Files);
        Assert.Equal(expected, DigestOf(query with { Threads = 3 }, [.. _province.Files.Reverse()]));
    }

    [Fact]
    public void Row_deduplication_obeys_the_same_laws()
    {
        var query = _province.Query with { Dedup = DedupPolicy.Rows };
        var expected = DigestOf(query with { Threads = 1 }, _province.Files);
        using var engine = new IndicatorEngine(query with { Threads = 3 });
        foreach (var file in _province.Files.Reverse())
        {
            Reports.ReadFiles(engine, file);
            engine.Finish();
        }

        Assert.Equal(expected, engine.Finish().Manifest.RowDigest);
    }

    private static string TableOf(string file) => Path.GetFileName(file).Split('-')[0];

    private static string DigestOf(IndicatorQuery query, params IReadOnlyList<string> paths)
    {
        using var engine = new IndicatorEngine(query);
        Reports.ReadFiles(engine, [.. paths]);
        return engine.Finish().Manifest.RowDigest;
    }

    private static IEnumerable<BatchLease> Leases(string file)
    {
        using var reader = IpcFileReader.Open(file);
        for (var batch = 0; batch < reader.BatchCount; batch++)
        {
            var lease = new BatchLease();
            reader.Read(batch, Projection.All(reader.Schema), lease);
            yield return lease;
        }
    }

    /// <summary>One small province for all laws, and its digest on two threads.</summary>
    public sealed class Province : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Province()
        {
            new ProvinceGenerator(new GenerationOptions { OutputDirectory = _folder.Path, Seed = 5, Rows = 20_000, Factories = 4, BatchRows = 1_000, Periods = true }).Generate();
            Files = [.. Directory.GetFiles(_folder.Path, "*.arrow").Where(static file => !file.Contains("-resend", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
            Query = new IndicatorQuery
            {
                Registry = RegistryReader.Read(_folder.File("registry")),
                GroupBy = ["factory", "line"],
                Profile = DefinitionProfile.TestNoFloor,
                Threads = 2,
            };
            Digest = DigestOf(Query, Files);
        }

        public IReadOnlyList<string> Files { get; }

        public IndicatorQuery Query { get; }

        public string Digest { get; }

        public void Dispose() => _folder.Dispose();
    }
}
