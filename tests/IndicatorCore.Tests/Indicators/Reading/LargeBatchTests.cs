using System.Buffers.Binary;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.Reading;

/// <summary>Batches that are read in windows: the same figures, places and faults as of batches that are read whole (decisions D8, D9).</summary>
public sealed class LargeBatchTests(EngineLawsTests.Province province) : IClassFixture<EngineLawsTests.Province>, IDisposable
{
    private const int Rows = 30_000;
    private static readonly IpcReaderOptions s_windows = new() { LargeBatchRows = 500, WindowRows = 192 };
    private static readonly IpcReaderOptions s_wide = new() { LargeBatchRows = 10_000, WindowRows = 4_096 };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, 1, OnBad.Fail, null)]
    [InlineData(false, 2, OnBad.Fail, true)]
    [InlineData(false, 3, OnBad.Skip, null)]
    [InlineData(true, 1, OnBad.Fail, null)]
    [InlineData(true, 2, OnBad.Fail, true)]
    [InlineData(true, 5, OnBad.Fail, null)]
    [InlineData(true, 2, OnBad.Skip, null)]
    public void Windows_of_one_batch_give_the_same_as_many_batches(bool compress, int threads, OnBad onBad, bool? ahead)
    {
        var whole = Reports.OfFiles(province.Query, Rebatched(compress)).Manifest.Inputs;
        var steps = 0;
        using var engine = new IndicatorEngine(province.Query with { Threads = threads, OnBad = onBad, Reading = s_windows with { ReadAhead = ahead } })
        {
            Progress = new Steps(() => Interlocked.Increment(ref steps)),
        };
        Reports.ReadFiles(engine, _folder.Path);
        var report = engine.Finish();
        Assert.Equal(province.Digest, report.Manifest.RowDigest);
        Assert.True(steps > 60, $"{steps} parts");
        Assert.Equal(
            whole.Select(static input => (input.Name, input.Rows, input.Batches, input.Fingerprint, string.Join(' ', input.Quarantined))),
            report.Manifest.Inputs.Select(static input => (input.Name, input.Rows, input.Batches, input.Fingerprint, string.Join(' ', input.Quarantined))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_checkpoint_never_ends_within_a_batch(bool compress)
    {
        Rebatched(compress);
        var kept = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            for (var run = 0; run < 2; run++)
            {
                using var engine = new IndicatorEngine(province.Query with { Reading = s_windows })
                {
                    Checkpoint = new CheckpointOptions { Directory = kept, Interval = TimeSpan.Zero, Bytes = 1 },
                };
                Reports.ReadFiles(engine, _folder.Path);
                Assert.Equal(province.Digest, engine.Finish().Manifest.RowDigest);
            }
        }
        finally
        {
            Directory.Delete(kept, recursive: true);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_set_aside_keep_their_numbers(bool compress)
    {
        var export = ExportBuilder.Table("energy").Time("interval_start").Keys("line").Numbers("kwh");
        for (var row = 0; row < 2_000; row++)
        {
            export.Row(row % 97 == 5 ? "2034-03-01 08:00" : row % 191 == 7 ? null : "2024-03-01 08:00", "L1", row % 301 == 300 ? 1e300 : 1);
        }

        var path = _folder.Write("energy.arrow", export.NextBatch().Row("2034-03-01 08:00", "L1", 1).ToBytes(compress: compress));
        var query = Reports.NoFloor with
        {
            Select = ["energy_kwh"],
            Source = SourceProfile.Parse("""{ "plausible": ["2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"] }""", "test"),
        };
        var whole = Listed(query, path);
        Assert.True(whole.Count > 30);
        Assert.Equal(whole, Listed(query with { Reading = s_windows }, path));
        Assert.Equal(whole, Listed(query with { Reading = s_windows, Threads = 1 }, path));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_bad_index_is_told_by_batch_and_row(int threads)
    {
        foreach (var compress in new[] { false, true })
        {
            var path = _folder.Write("energy.arrow", Energy(compress, badRows: [29_000, 17_123]));
            await using var engine = new IndicatorEngine(Reports.NoFloor with { Threads = threads, Select = ["energy_kwh"], Reading = s_wide });
            var fault = await Assert.ThrowsAsync<MalformedArrowException>(() => engine.ReadAsync([path]));
            Assert.Equal((path, "line", 1L, 17_123L), (fault.Location.File, fault.Location.Column, fault.Location.Batch, fault.Location.Row));
        }
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 3)]
    [InlineData(true, 1)]
    [InlineData(true, 3)]
    public void A_fault_in_the_last_window_takes_the_whole_batch_and_nothing_else(bool compress, int threads)
    {
        var path = _folder.Write("energy.arrow", Energy(compress, badRows: [Rows - 1]));
        AssertSkipped(path, threads, "line");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_broken_frame_is_found_at_its_end_and_takes_the_whole_batch(int threads)
    {
        var bytes = Energy(compress: true, badRows: []);
        var path = _folder.Write("energy.arrow", bytes);
        using (var reader = IpcFileReader.Open(path))
        {
            var (offset, length) = reader.NeededRanges(1, Projection.Of(reader.Schema, [2])).Single();
            Assert.True(length > 1_000);
            bytes.AsSpan((int)(offset + length - 4), 4).Fill(0x11);   // the end mark
        }

        _folder.Write("energy.arrow", bytes);
        await using var engine = new IndicatorEngine(Reports.NoFloor with { Threads = threads, Select = ["energy_kwh"], Reading = s_wide });
        var fault = await Assert.ThrowsAsync<MalformedArrowException>(() => engine.ReadAsync([path]));
        Assert.Equal((path, "kwh", 1L), (fault.Location.File, fault.Location.Column, fault.Location.Batch));
        AssertSkipped(path, threads, "kwh");
    }

    [Fact]
    public void A_buffer_that_ends_early_takes_the_whole_batch()
    {
        var path = _folder.Write("energy.arrow", Energy(compress: false, badRows: []));
        using (var reader = IpcFileReader.Open(path))
        {
            // the length of the values' buffer as its batch declares it
            var (_, length) = reader.NeededRanges(1, Projection.Of(reader.Schema, [2])).Single();
            var bytes = File.ReadAllBytes(path);
            var start = (int)reader.BatchInfo(1).Offset;
            Span<byte> declared = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(declared, length);
            var at = start + bytes.AsSpan(start).LastIndexOf(declared);
            Assert.InRange(at, start, start + reader.BatchInfo(1).MetadataLength);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), length - 8);
            File.WriteAllBytes(path, bytes);
        }

        AssertSkipped(path, threads: 2, "kwh");
    }

    [Fact]
    public async Task Cancelling_within_a_batch_ends_the_read()
    {
        foreach (var compress in new[] { false, true })
        {
            var path = _folder.Write("energy.arrow", Energy(compress, badRows: []));
            using var cancelled = new CancellationTokenSource();
            await using var engine = new IndicatorEngine(Reports.NoFloor with { Threads = 2, Select = ["energy_kwh"], Reading = s_wide })
            {
                Progress = new Steps(cancelled.Cancel),
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.ReadAsync([path], cancelled.Token));
            Assert.Throws<InvalidOperationException>(() => engine.Finish());
        }
    }

    private void AssertSkipped(string path, int threads, string column)
    {
        var query = Reports.NoFloor with { Threads = threads, OnBad = OnBad.Skip, Select = ["energy_kwh"] };
        var report = Reports.OfFiles(query with { Reading = s_wide }, path);
        Assert.Equal(30, report.Row("energy_kwh").Value);
        var input = report.Manifest.Inputs.Single();
        Assert.Equal((2L, 2L), (input.Rows, input.Batches));
        var part = input.Skipped.Single();
        Assert.Equal(("MALFORMED", "energy", column, 1L, 1L, Rows), (part.Reason, part.Table, part.Column, part.Batch, part.Batches, (int)(part.Rows ?? 0)));
        Assert.Equal(Reports.OfFiles(query, path).Manifest.RowDigest, report.Manifest.RowDigest);
    }

    /// <summary>A small batch, a large one, and a small one; chosen rows of the large one point outside their dictionary.</summary>
    private static byte[] Energy(bool compress, int[] badRows)
    {
        var schema = new Schema
        {
            Fields =
            [
                new Field { Name = "interval_start", Type = ExportBuilder.Instant },
                new Field { Name = "line", Type = ExportBuilder.Text, Dictionary = new DictionaryEncoding(7, ArrowType.Int(32)) },
                new Field { Name = "kwh", Type = ExportBuilder.Number },
            ],
            Metadata = [new("table", "energy")],
        };
        using var bytes = new MemoryStream();
        using (var writer = new IpcWriter(bytes, schema, new IpcWriterOptions { Compress = compress }, leaveOpen: true))
        {
            var batch = new BatchBuilder(schema);
            foreach (var rows in new[] { 1, Rows, 1 })
            {
                for (var row = 0; row < rows; row++)
                {
                    batch[0].AppendInt64(1_709_251_200_000_000 + row);   // 2024-03-01 08:00 in Shanghai
                    batch[1].AppendString(rows > 1 && badRows.Contains(row) ? "L2" : "L1");
                    batch[2].AppendDouble(rows == 1 ? 15 : row % 1_000);
                }

                writer.Write(batch);
                batch.Clear();
            }

            writer.Complete();
        }

        var file = bytes.ToArray();
        return badRows.Length == 0 ? file : WithoutLastValue(file);
    }

    /// <summary>Takes the value that bad rows point to out of the last message of the dictionary.</summary>
    private static byte[] WithoutLastValue(byte[] file)
    {
        using var reader = IpcFileReader.Open(file, "made");
        var (offset, _) = reader.NeededDictionaryRanges(Projection.All(reader.Schema))[^1];
        var metadata = file.AsSpan((int)offset + 8, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan((int)offset + 4)));
        var changed = 0;
        for (var at = 0; at + sizeof(long) <= metadata.Length; at += sizeof(long))
        {
            if (BinaryPrimitives.ReadInt64LittleEndian(metadata[at..]) == 1)
            {
                BinaryPrimitives.WriteInt64LittleEndian(metadata[at..], 0);
                changed++;
            }
        }

        Assert.Equal(2, changed);   // the rows of the batch and of its only node
        return file;
    }

    private static IReadOnlyList<string> Listed(IndicatorQuery query, string path)
    {
        using var list = new ListedQuarantine();
        using var engine = new IndicatorEngine(query) { Quarantine = list };
        Reports.ReadFiles(engine, path);
        engine.Finish();
        return list.Lines();
    }

    private string Rebatched(bool compress)
    {
        foreach (var file in province.Files)
        {
            _folder.Write(Path.GetFileName(file), Rebatch.Bytes(file, 1_000_000, IpcFormat.File, compress));
        }

        return _folder.Path;
    }

    private sealed class Steps(Action step) : IProgress<EngineProgress>
    {
        public void Report(EngineProgress value) => step();
    }
}
