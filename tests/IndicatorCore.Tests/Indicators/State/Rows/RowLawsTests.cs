using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Generation;
using IndicatorCore.Indicators;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.State.Rows;

/// <summary>What must never change a report under --dedup rows: order, split, threads, what is spilled, merging and state files.</summary>
public sealed class RowLawsTests
{
    private static readonly IndicatorQuery s_query = Reports.NoFloor with { Select = ["energy_kwh"], Dedup = DedupPolicy.Rows };

    [Fact]
    public void Order_split_threads_and_what_is_spilled_change_nothing_and_a_plain_count_agrees() => Prop.ForAll<int>(static seed =>
    {
        var random = new Random(seed);
        var rows = Rows(random, random.Next(1, 400));
        var expected = Plain(rows);
        string? digest = null;
        foreach (var (most, segment, fanIn) in new (long Most, int Segment, int FanIn)[] { (0, 1, 2), (3_000, 700, 3), (20_000, 5_000, 2), (long.MaxValue, 1 << 20, 16) })
        {
            random.Shuffle(rows);
            using var engine = new IndicatorEngine(s_query with { Threads = random.Next(1, 4) });
            engine.Context.Rows!.Tighten(most, segment, fanIn);
            foreach (var export in Exports(random, rows))
            {
                Reports.Read(engine, export);
                if (random.Next(4) == 0)
                {
                    engine.Finish();   // asking consumes nothing
                }
            }

            var report = engine.Finish();
            Reports.AssertSame(report, engine.Finish());
            digest ??= report.Manifest.RowDigest;
            Assert.Equal(digest, report.Manifest.RowDigest);
            var row = report.Row("energy_kwh");
            Assert.Equal(expected, (row.Evidence!.Received, row.Evidence.Duplicates, row.Evidence.Conflicts, row.Value!.Value));
            Assert.Equal(expected.Duplicates, report.Manifest.Inputs.Sum(static input => input.Duplicates));
            Assert.Equal(expected.Conflicts > 0, row.FlagText().Contains("CONFLICT", StringComparison.Ordinal));
            Assert.True(most is not 0 || engine.Context.Spill.Written > 0);
            Assert.True(most is not long.MaxValue || engine.Context.Spill.Written == 0);
            engine.Dispose();
            Assert.Equal(0, engine.State.Rows!.Count);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Shards_states_and_engines_add_up_to_one_run(int seed)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(seed);
        var rows = Rows(random, 500);
        var files = Exports(random, rows, most: 60).Select((export, i) => folder.Write($"{i:D2}-energy.arrow", export.ToBytes())).ToArray();
        using var whole = new IndicatorEngine(s_query);
        Reports.ReadFiles(whole, files);
        var expected = whole.Finish();
        await SaveAsync(whole, folder.File("whole.state"));

        using var merged = new IndicatorEngine(s_query with { Threads = 1 });
        using var states = new IndicatorEngine(s_query);
        states.Context.Rows!.Tighten(2_000, 500, 2);
        foreach (var file in files.Reverse())
        {
            using var part = new IndicatorEngine(s_query);
            Reports.ReadFiles(part, file);
            merged.Merge(part);
            part.Finish();
            await SaveAsync(part, folder.File("part.state"));
            await states.MergeStateAsync(folder.File("part.state"));
        }

        Reports.AssertSame(expected, merged.Finish());
        Reports.AssertSame(expected, states.Finish());
        Assert.Equal(
            expected.Manifest.Inputs.OrderBy(static input => input.Name, StringComparer.Ordinal).Select(static input => input.Duplicates),
            states.Finish().Manifest.Inputs.OrderBy(static input => input.Name, StringComparer.Ordinal).Select(static input => input.Duplicates));

        // equal rows are equal bytes, and what was saved is read
        foreach (var engine in new[] { merged, states })
        {
            await SaveAsync(engine, folder.File("again.state"));
            Assert.Equal(await File.ReadAllBytesAsync(folder.File("whole.state")), await File.ReadAllBytesAsync(folder.File("again.state")));
        }

        using var read = new IndicatorEngine(s_query);
        await read.MergeStateAsync(folder.File("whole.state"));
        Reports.AssertSame(expected, read.Finish());
    }

    [Fact]
    public void Rows_of_every_table_come_back_from_disk_as_from_memory()
    {
        using var folder = new TemporaryFolder();
        new ProvinceGenerator(new GenerationOptions { OutputDirectory = folder.Path, Seed = 5, Rows = 6_000, Factories = 2, BatchRows = 500 }).Generate();
        var query = Reports.NoFloor with { Dedup = DedupPolicy.Rows, GroupBy = ["factory", "line"] };
        var expected = Reports.OfFiles(query, folder.Path);
        using var engine = new IndicatorEngine(query with { Threads = 3 });
        engine.Context.Rows!.Tighten(100_000, 20_000, 3);
        Reports.ReadFiles(engine, folder.Path);
        Assert.True(engine.Context.Spill.Written > 500_000);
        Reports.AssertSame(expected, engine.Finish());
    }

    [Fact]
    public void Equal_payloads_with_other_revisions_are_duplicates_wherever_they_stand()
    {
        // identity without the revision: A5 A3 B4 B2 C3 of one key; a payload's second row is its duplicate, not another conflict
        var source = SourceProfile.Parse("""{ "table": "energy", "identity": ["interval_start", "meter", "kwh"] }""", "test");
        var export = Energy();
        foreach (var (kwh, revision) in new[] { (1, 5), (2, 4), (3, 3), (2, 2), (1, 3) })
        {
            export.Row("2024-03-01 08:00", "m", kwh, revision, null);
        }

        var row = Reports.Of(s_query with { Source = source }, export).Row("energy_kwh");
        Assert.Equal((1.0, 5L, 2L, 2L), (row.Value!.Value, row.Evidence!.Received, row.Evidence.Duplicates, row.Evidence.Conflicts));
    }

    [Fact]
    public void Little_memory_is_enough_for_many_rows_and_is_given_back()
    {
        var random = new Random(7);
        var rows = Rows(random, 40_000);
        var exports = Exports(random, rows, most: 10_000).ToArray();
        var expected = Reports.Of(s_query, exports);
        using var engine = Reports.Engine(s_query with { MemoryBudget = 2 << 20 }, exports);
        Assert.True(engine.Context.Rows is not null && engine.Context.Spill.Written > 1 << 20);
        Reports.AssertSame(expected, engine.Finish());
        Assert.InRange(engine.MemoryUsed, 0, 2 << 20);
        var fault = Assert.Throws<LimitExceededException>(() => Reports.Of(s_query with { MemoryBudget = 4_000 }, exports[0]));
        Assert.True(fault.IsMemoryBudget);
    }

    [Fact]
    public void A_report_can_be_stopped_and_asked_for_again()
    {
        var exports = Exports(new Random(3), Rows(new Random(3), 300)).ToArray();
        using var engine = Reports.Engine(s_query, exports);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => engine.Finish(stop.Token));
        Reports.AssertSame(Reports.Of(s_query, exports), engine.Finish());
    }

    [Fact]
    public void What_comes_back_changed_or_cut_is_an_error_of_its_own_and_never_another_figure()
    {
        var exports = Exports(new Random(4), Rows(new Random(4), 300)).ToArray();
        var expected = Reports.Of(s_query, exports);
        var random = new Random(1);
        var refused = 0;
        for (var i = 0; i < 40; i++)
        {
            using var engine = new IndicatorEngine(s_query);
            engine.Context.Rows!.Tighten(0, 1_000, 2);
            Array.ForEach(exports, export => Reports.Read(engine, export));
            var spilled = engine.State.Rows!.Files.ToList();
            var file = spilled[random.Next(spilled.Count)];
            if (i % 2 == 0)
            {
                RandomAccess.SetLength(file.Handle, random.NextInt64(file.Length));
            }
            else
            {
                var at = random.NextInt64(file.Length);
                var one = new byte[1];
                RandomAccess.Read(file.Handle, one, at);
                one[0] ^= (byte)(1 << random.Next(8));
                RandomAccess.Write(file.Handle, one, at);
            }

            var fault = Assert.Throws<SpillException>(() => engine.Finish());
            Assert.Contains("Read the inputs again", fault.Message, StringComparison.Ordinal);
            refused++;
        }

        Assert.Equal(40, refused);
        Reports.AssertSame(expected, Reports.Of(s_query, exports));
    }

    private static async Task SaveAsync(IndicatorEngine engine, string path)
    {
        await using var file = File.Create(path);
        engine.SaveState(file);
    }

    private static ExportBuilder Energy() => ExportBuilder.Table("energy").Time("interval_start").Keys("meter").Numbers("kwh")
        .Column("revision", ArrowType.Int(32)).Column("ingest_seq", ArrowType.Int(64));

    private static Reading[] Rows(Random random, int count)
    {
        var rows = new List<Reading>();
        for (var i = 0; i < count; i++)
        {
            rows.Add(rows.Count > 0 && random.Next(3) == 0
                ? rows[random.Next(rows.Count)]
                : new Reading(
                    random.Next(Math.Max(2, count / 4)),
                    random.Next(3) == 0 ? null : $"m{random.Next(3)}",
                    random.Next(6),
                    random.Next(2) == 0 ? null : random.Next(1, 3),
                    random.Next(2) == 0 ? null : random.Next(-2, 2)));
        }

        return [.. rows];
    }

    private static IEnumerable<ExportBuilder> Exports(Random random, Reading[] rows, int most = 120)
    {
        for (var (at, part) = (0, 0); at < rows.Length; part++)
        {
            // told apart, so that none is taken for a replay of another
            var export = Energy().Meta("part", $"{part}/{random.Next()}");
            for (var left = random.Next(1, most); left > 0 && at < rows.Length; left--)
            {
                var row = rows[at++];
                export.Row($"2024-03-01 {row.Minute / 60 % 24:00}:{row.Minute % 60:00}", row.Meter, row.Kwh, row.Revision, row.IngestSequence);
                if (random.Next(10) == 0)
                {
                    export.NextBatch();
                }
            }

            yield return export;
        }
    }

    // by the words of the definition, and with hashes made here
    private static (long Received, long Duplicates, long Conflicts, double Kwh) Plain(Reading[] rows)
    {
        var payloads = rows.Distinct().ToList();
        var winners = payloads.GroupBy(static row => (row.Minute % 1440, row.Meter)).Select(static same => same
            .OrderByDescending(static row => row.Revision ?? long.MinValue)
            .ThenByDescending(static row => row.IngestSequence ?? long.MinValue)
            .ThenByDescending(static row => row.Hash(), StringComparer.Ordinal).First()).ToList();
        return (rows.Length, rows.Length - payloads.Count, payloads.Count - winners.Count, winners.Sum(static row => row.Kwh));
    }

    private sealed record Reading(int Minute, string? Meter, int Kwh, int? Revision, long? IngestSequence)
    {
        public string Hash()
        {
            var bytes = new List<byte>();
            bytes.AddRange("energy"u8);
            var instant = ExportBuilder.Ticks($"2024-03-01 {Minute / 60 % 24:00}:{Minute % 60:00}") / TimeSpan.TicksPerMicrosecond;
            Add("ingest_seq", IngestSequence is { } sequence ? BitConverter.GetBytes(sequence) : null);
            Add("interval_start", BitConverter.GetBytes(instant));
            Add("kwh", BitConverter.GetBytes((double)Kwh));
            Add("meter", Meter is null ? null : Encoding.UTF8.GetBytes(Meter));
            Add("revision", Revision is { } revision ? BitConverter.GetBytes(revision) : null);
            return Convert.ToHexString(SHA256.HashData(bytes.ToArray()));

            void Add(string name, byte[]? value)
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(name));
                bytes.Add(value is null ? (byte)0 : (byte)1);
                var length = new byte[sizeof(int)];
                BinaryPrimitives.WriteInt32LittleEndian(length, value?.Length ?? 0);
                bytes.AddRange(length);
                bytes.AddRange(value ?? []);
            }
        }
    }
}
