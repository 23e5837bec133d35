using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.Reading.Checkpoints;

/// <summary>Checkpoints: stopping anywhere and starting again gives the same report, and reads only what no file covers (decisions D14).</summary>
public sealed class CheckpointTests(EngineLawsTests.Province province) : IClassFixture<EngineLawsTests.Province>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(OnBad.Fail)]
    [InlineData(OnBad.Skip)]
    public void Writing_state_after_every_batch_changes_nothing(OnBad onBad)
    {
        var query = province.Query with { OnBad = onBad };
        Assert.Equal(province.Digest, Run(query, province.Files).Manifest.RowDigest);
        Assert.InRange(Directory.GetFiles(_folder.File("kept"), "*.state").Length, 1, 64);

        // all is covered now
        var again = Run(query, province.Files);
        Assert.Equal(province.Digest, again.Manifest.RowDigest);
    }

    [Theory]
    [InlineData(OnBad.Fail, 1)]
    [InlineData(OnBad.Fail, 7)]
    [InlineData(OnBad.Skip, 2)]
    [InlineData(OnBad.Skip, 9)]
    [InlineData(OnBad.Fail, 3, DedupPolicy.Rows)]
    [InlineData(OnBad.Skip, 4, DedupPolicy.Rows)]
    public async Task Stopping_anywhere_and_going_on_gives_the_same(OnBad onBad, int seed, DedupPolicy dedup = DedupPolicy.Export)
    {
        var query = province.Query with { OnBad = onBad, Dedup = dedup };
        var random = new Random(seed);
        var whole = Read(query, province.Files, options: null, out var rowsOfAll);
        for (var stops = 0; ; stops++)
        {
            using var cancelled = new CancellationTokenSource();
            var left = random.Next(1, 12);
            using var engine = new IndicatorEngine(query) { Checkpoint = Options() };
            engine.Progress = new Counter(progress =>
            {
                // inputs that need not be read report no bytes
                if (progress.BytesRead > 0 && --left == 0)
                {
                    cancelled.Cancel();
                }
            });
            try
            {
                await engine.ReadAsync([.. province.Files], cancelled.Token);
                Reports.AssertSame(whole, engine.Finish());
                Assert.Equal(rowsOfAll, engine.Finish().Manifest.Rows);
                Assert.True(stops > 2, $"{stops} stops prove little");
                return;
            }
            catch (OperationCanceledException)
            {
                Assert.True(stops < 500, "it does not get on");
            }
        }
    }

    [Fact]
    public void What_is_covered_is_not_read_again()
    {
        Run(province.Query, province.Files);
        long read = 0;
        using var engine = new IndicatorEngine(province.Query) { Checkpoint = Options(), Progress = new Counter(progress => read = progress.BytesRead) };
        Reports.ReadFiles(engine, [.. province.Files]);
        Assert.Equal(0, read);
        Assert.Equal(province.Digest, engine.Finish().Manifest.RowDigest);
    }

    [Fact]
    public void More_files_than_were_there_are_read_on_top()
    {
        Run(province.Query, [.. province.Files.Take(4)]);
        var notes = new List<string>();
        Assert.Equal(province.Digest, Run(province.Query, province.Files, notes).Manifest.RowDigest);
        Assert.StartsWith("going on from", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OnBad.Fail)]
    [InlineData(OnBad.Skip)]
    public void An_input_that_is_gone_or_has_changed_gives_up_its_state_and_no_figure_keeps_it(OnBad onBad)
    {
        var query = province.Query with { OnBad = onBad };
        var changed = _folder.File("changed.arrow");
        File.Copy(province.Files[0], changed);
        Run(query, [changed, .. province.Files.Skip(1)]);
        File.Copy(province.Files[1], changed, overwrite: true);
        var notes = new List<string>();
        var report = Run(query, [changed, .. province.Files.Skip(2)], notes);
        Reports.AssertSame(Reports.OfFiles(query, [changed, .. province.Files.Skip(2)]), report);
        Assert.Contains(notes, static note => note.Contains("given up", StringComparison.Ordinal));
    }

    [Fact]
    public void Streams_in_files_are_taken_up_whole()
    {
        string[] files = [.. province.Files.Select((file, i) =>
            _folder.Write($"{i}.arrows", Rebatch.Bytes(file, 500, IpcFormat.Stream, compress: true)))];
        Assert.Equal(province.Digest, Run(province.Query, files).Manifest.RowDigest);
        long read = 0;
        using var engine = new IndicatorEngine(province.Query) { Checkpoint = Options(), Progress = new Counter(progress => read = progress.BytesRead) };
        Reports.ReadFiles(engine, files);
        Assert.Equal(0, read);
        Assert.Equal(province.Digest, engine.Finish().Manifest.RowDigest);

        // touched: read again, counted once
        File.SetLastWriteTimeUtc(files[0], DateTime.UnixEpoch.AddYears(40));
        Assert.Equal(province.Digest, Run(province.Query, files).Manifest.RowDigest);
    }

    [Fact]
    public async Task A_file_that_breaks_off_is_dropped_with_what_was_kept_of_it()
    {
        var query = province.Query with { OnBad = OnBad.Skip, Threads = 1 };
        var bad = _folder.File("bad.arrow");
        var bytes = Rebatch.Bytes(province.Files[0], 300, IpcFormat.File, compress: false);
        SpoilMetadataOfLastBatch(bytes);
        File.WriteAllBytes(bad, bytes);
        string[] files = [bad, .. province.Files.Skip(1)];
        var expected = Reports.OfFiles(query, files);
        Assert.Contains(expected.Manifest.Inputs, static input => input.Skipped.Count > 0);

        // stopped while the bad file is half kept, so that its state comes from a file
        using (var cancelled = new CancellationTokenSource())
        {
            using var engine = new IndicatorEngine(query) { Checkpoint = Options() };
            var left = 4;
            engine.Progress = new Counter(() =>
            {
                if (--left == 0)
                {
                    cancelled.Cancel();
                }
            });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.ReadAsync(files, cancelled.Token));
            Assert.NotEmpty(Directory.GetFiles(_folder.File("kept"), "*.state"));
        }

        Reports.AssertSame(expected, Run(query, files));
        Reports.AssertSame(expected, Run(query, files));
    }

    [Fact]
    public void A_run_that_failed_goes_on_once_the_fault_is_skipped()
    {
        var bad = _folder.File("zzz.arrow");
        var bytes = Rebatch.Bytes(province.Files[0], 300, IpcFormat.File, compress: false);
        SpoilMetadataOfLastBatch(bytes);
        File.WriteAllBytes(bad, bytes);
        string[] files = [.. province.Files, bad];
        using (var engine = new IndicatorEngine(province.Query) { Checkpoint = Options() })
        {
            Assert.ThrowsAny<IndicatorDataException>(() => Reports.ReadFiles(engine, files));
        }

        var query = province.Query with { OnBad = OnBad.Skip };
        Reports.AssertSame(Reports.OfFiles(query, files), Run(query, files));
    }

    [Fact]
    public void A_directory_of_another_query_is_refused()
    {
        Run(province.Query, province.Files);
        var fault = Assert.Throws<StateMismatchException>(() => Run(province.Query with { GroupBy = ["device"] }, province.Files));
        Assert.Contains("leaf is 'line', not 'line,device'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_runs_do_not_share_a_directory()
    {
        Directory.CreateDirectory(_folder.File("kept"));
        using var held = new FileStream(Path.Combine(_folder.File("kept"), "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var fault = Assert.Throws<IOException>(() => Run(province.Query, province.Files));
        Assert.Contains("in use by another run", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_state_file_is_refused_by_name()
    {
        Run(province.Query, province.Files);
        var path = Directory.GetFiles(_folder.File("kept"), "*.state")[0];
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        var fault = Assert.ThrowsAny<IndicatorDataException>(() => Run(province.Query, province.Files));
        Assert.Contains(Path.GetFileName(path), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_never_finished_and_what_others_stand_in_for_is_cleared_away()
    {
        Run(province.Query, province.Files);
        _ = _folder.Write("kept/00000099.state.tmp", "half");
        Run(province.Query, province.Files);
        Assert.Empty(Directory.GetFiles(_folder.File("kept"), "*.tmp"));
    }

    [Fact]
    public void One_file_takes_the_place_of_many_and_counts_nothing_twice_when_they_are_still_there()
    {
        string[] files = [.. province.Files.Select((file, i) => _folder.Write($"{i}.arrow", Rebatch.Bytes(file, 400, IpcFormat.File, compress: true)))];
        var kept = _folder.File("kept");
        var seen = new Dictionary<string, byte[]>();
        using (var engine = new IndicatorEngine(province.Query with { Threads = 1 }) { Checkpoint = Options() })
        {
            // what was there at any time, as a kill before its deletion would leave it
            engine.Progress = new Counter(() =>
            {
                foreach (var path in Directory.GetFiles(kept, "*.state"))
                {
                    seen.TryAdd(Path.GetFileName(path), File.ReadAllBytes(path));
                }
            });
            Reports.ReadFiles(engine, files);
            Assert.Equal(province.Digest, engine.Finish().Manifest.RowDigest);
        }

        var left = Directory.GetFiles(kept, "*.state").Length;
        Assert.True(seen.Count > 34, $"{seen.Count} files are too few to be merged");
        Assert.InRange(left, 1, 33);
        foreach (var (name, bytes) in seen)
        {
            File.WriteAllBytes(Path.Combine(kept, name), bytes);
        }

        Assert.Equal(province.Digest, Run(province.Query, files).Manifest.RowDigest);
        Assert.InRange(Directory.GetFiles(kept, "*.state").Length, 1, 33);
    }

    [Fact]
    public async Task An_engine_with_checkpoints_reads_once_and_only_files()
    {
        await using var engine = new IndicatorEngine(province.Query) { Checkpoint = Options() };
        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.ReadAsync(Array.Empty<BatchLease>()));
        await engine.ReadAsync([.. province.Files]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.ReadAsync([.. province.Files]));
    }

    public void Dispose() => _folder.Dispose();

    // a batch whose message is no record batch: framing, which costs the whole input
    private static void SpoilMetadataOfLastBatch(byte[] bytes)
    {
        using var reader = IpcFileReader.Open(bytes.ToArray(), "x");
        var info = reader.BatchInfo(reader.BatchCount - 1);
        bytes.AsSpan((int)info.Offset, info.MetadataLength).Clear();
    }

    private static IndicatorReport Read(IndicatorQuery query, IReadOnlyList<string> files, CheckpointOptions? options, out long rows)
    {
        using var engine = new IndicatorEngine(query) { Checkpoint = options };
        Reports.ReadFiles(engine, [.. files]);
        var report = engine.Finish();
        rows = report.Manifest.Rows;
        return report;
    }

    private IndicatorReport Run(IndicatorQuery query, IReadOnlyList<string> files, List<string>? notes = null) =>
        Read(query, files, Options() with { Note = note => notes?.Add(note) }, out _);

    private CheckpointOptions Options() => new() { Directory = _folder.File("kept"), Bytes = 1 };

    private sealed class Counter(Action<EngineProgress> action) : IProgress<EngineProgress>
    {
        private readonly Lock _gate = new();

        public Counter(Action action)
            : this(_ => action())
        {
        }

        public void Report(EngineProgress value)
        {
            lock (_gate)
            {
                action(value);
            }
        }
    }
}
