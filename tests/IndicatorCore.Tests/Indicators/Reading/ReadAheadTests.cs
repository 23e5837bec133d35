using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Reading;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.Reading;

/// <summary>Reading ahead changes nothing but the time: neither figures nor faults, rounds or the end of a cancelled read.</summary>
public sealed class ReadAheadTests(EngineLawsTests.Province province) : IClassFixture<EngineLawsTests.Province>, IDisposable
{
    private static readonly IpcReaderOptions s_ahead = new() { ReadAhead = true };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, OnBad.Fail)]
    [InlineData(2, OnBad.Fail)]
    [InlineData(5, OnBad.Fail)]
    [InlineData(2, OnBad.Skip)]
    public void Reading_ahead_changes_nothing(int threads, OnBad onBad)
    {
        var query = province.Query with { Threads = threads, OnBad = onBad };
        foreach (var isAhead in new[] { true, false })
        {
            using var engine = new IndicatorEngine(query with { Reading = new IpcReaderOptions { ReadAhead = isAhead } });
            Reports.ReadFiles(engine, [.. province.Files]);
            Assert.Equal(province.Digest, engine.Finish().Manifest.RowDigest);
        }
    }

    [Fact]
    public void A_checkpoint_after_every_batch_gives_the_same_and_is_taken_up()
    {
        var kept = _folder.File("kept");
        for (var run = 0; run < 2; run++)
        {
            using var engine = new IndicatorEngine(province.Query with { Reading = s_ahead })
            {
                Checkpoint = new CheckpointOptions { Directory = kept, Interval = TimeSpan.Zero, Bytes = 1 },
            };
            Reports.ReadFiles(engine, [.. province.Files]);
            Assert.Equal(province.Digest, engine.Finish().Manifest.RowDigest);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Of_several_faults_the_first_in_the_file_is_reported(int threads)
    {
        var path = _folder.Write("energy.arrow", Spoilt(batches: 40, 17, 18, 30));
        await using var engine = new IndicatorEngine(Reports.NoFloor with { Threads = threads, Reading = s_ahead, Select = ["energy_kwh"] });
        var fault = await Assert.ThrowsAsync<MalformedArrowException>(() => engine.ReadAsync([path]));
        Assert.Equal((17L, "line", path), (fault.Location.Batch, fault.Location.Column, fault.Location.File));
        Assert.Throws<InvalidOperationException>(() => engine.Finish());
    }

    [Fact]
    public void Bad_batches_are_left_out_alone()
    {
        var path = _folder.Write("energy.arrow", Spoilt(batches: 40, 0, 17, 18, 39));
        var report = Reports.OfFiles(Reports.NoFloor with { OnBad = OnBad.Skip, Reading = s_ahead, Select = ["energy_kwh"] }, path);
        Assert.Equal(36, report.Row("energy_kwh").Value);
        Assert.Equal([0L, 17, 18, 39], report.Manifest.Inputs.Single().Skipped.Select(static part => part.Batch ?? -1));
    }

    [Fact]
    public async Task A_cancelled_read_ends_and_leaves_the_engine_faulted()
    {
        for (var after = 1; after < 30; after += 4)
        {
            using var cancelled = new CancellationTokenSource();
            var left = after;
            await using var engine = new IndicatorEngine(province.Query with { Reading = s_ahead });
            engine.Progress = new Steps(() =>
            {
                if (Interlocked.Decrement(ref left) == 0)
                {
                    cancelled.Cancel();
                }
            });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.ReadAsync([.. province.Files], cancelled.Token));
            Assert.Throws<InvalidOperationException>(() => engine.Finish());
        }
    }

    [Fact]
    public void What_is_read_and_what_is_left_unread_are_all_bytes_of_the_batches()
    {
        const int Rows = 20_000;
        var schema = new Schema
        {
            Fields =
            [
                new Field { Name = "unneeded", Type = ExportBuilder.Number },
                new Field { Name = "interval_start", Type = ExportBuilder.Instant },
                new Field { Name = "kwh", Type = ExportBuilder.Number },
            ],
            Metadata = [new("table", "energy")],
        };
        using var bytes = new MemoryStream();
        using (var writer = new IpcWriter(bytes, schema, new IpcWriterOptions(), leaveOpen: true))
        {
            var rows = new BatchBuilder(schema);
            for (var row = 0; row < Rows; row++)
            {
                rows[0].AppendDouble(row);
                rows[1].AppendInt64(1_709_222_400_000_000);
                rows[2].AppendDouble(1);
            }

            writer.Write(rows);
            writer.Write(rows);
            writer.Complete();
        }

        var path = _folder.Write("energy.arrow", bytes.ToArray());
        var input = Reports.OfFiles(Reports.NoFloor with { Select = ["energy_kwh"] }, path).Manifest.Inputs.Single();
        using var reader = IpcFileReader.Open(path);
        var stored = Enumerable.Range(0, 2).Select(reader.BatchInfo).Sum(static batch => batch.MetadataLength + batch.BodyLength);
        Assert.Equal(2 * Rows * sizeof(double), input.BytesSkipped);
        Assert.Equal(stored, input.BytesRead + input.BytesSkipped);
    }

    [Fact]
    public void A_ticket_is_read_once_and_a_fault_comes_out_where_it_is_completed()
    {
        using var lease = new BatchLease();
        using var ahead = new ReadAhead(always: true);
        for (var i = 0; i < 2_000; i++)
        {
            var reads = 0;
            var ticket = new AheadTicket(i, lease, () => Interlocked.Increment(ref reads));
            ahead.Post(ticket);
            ticket.Complete();
            Assert.Equal(1, reads);
        }

        var faulty = new AheadTicket(0, lease, static () => throw new IOException("gone"));
        ahead.Post(faulty);
        Assert.Equal("gone", Assert.Throws<IOException>(faulty.Complete).Message);
    }

    [Fact]
    public void Only_slow_reads_are_done_ahead()
    {
        using var lease = new BatchLease();
        using var ahead = new ReadAhead(always: null);
        Assert.False(ahead.IsWorthwhile);
        ahead.Measure(lease, () =>
        {
            lease.Stored.Take(100);
            Thread.Sleep(2);
        });
        Assert.False(ahead.IsWorthwhile);   // its memory had to grow first
        ahead.Measure(lease, static () => Thread.Sleep(2));
        Assert.True(ahead.IsWorthwhile);
        ahead.Learn(30_000_000, TimeSpan.FromMilliseconds(10));
        Assert.False(ahead.IsWorthwhile);
        ahead.Learn(30_000_000, TimeSpan.FromMilliseconds(11));
        Assert.True(ahead.IsWorthwhile);
        using var never = new ReadAhead(always: false);
        never.Measure(lease, static () => Thread.Sleep(2));
        Assert.False(never.IsWorthwhile);
    }

    private static byte[] Spoilt(int batches, params int[] bad)
    {
        var export = ExportBuilder.Table("energy").Time("interval_start").Column("line", ExportBuilder.Text).Numbers("kwh");
        for (var batch = 0; batch < batches; batch++)
        {
            export.Row("2024-03-01 08:00", bad.Contains(batch) ? "SPOILT" : "L1", 1);
            if (batch < batches - 1)
            {
                export.NextBatch();
            }
        }

        var bytes = export.ToBytes();
        foreach (var _ in bad)
        {
            bytes[bytes.AsSpan().IndexOf("SPOILT"u8)] = 0xFF;
        }

        return bytes;
    }

    private sealed class Steps(Action step) : IProgress<EngineProgress>
    {
        public void Report(EngineProgress value) => step();
    }
}
