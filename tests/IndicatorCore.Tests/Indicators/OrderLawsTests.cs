using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>Order-dependent indicators must not see the order of rows, their split, threads, merge trees or state files.</summary>
public sealed class OrderLawsTests
{
    private static readonly IndicatorQuery s_query = Reports.NoFloor with
    {
        Select = ["link_avail", "cov_time", "loss", "thr", "conn", "concurrency", "reliability", "jitter", "rsrp_p5", "sinr_p50", "capacity"],
        Source = SourceProfile.Parse("""{ "nominal_period": "20s" }""", "test"),
        GroupBy = ["line", "device"],
        Window = Window.Hour,
    };

    [Fact]
    public void Order_split_threads_and_merge_trees_give_the_same_rows_and_the_same_state() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        seed =>
        {
            var random = new Random(seed);
            var rows = Rows(random, 120);
            using var once = Reports.Engine(s_query with { Threads = 1 }, Exports(rows, int.MaxValue));
            var expected = once.Finish();
            Assert.Contains(expected.Rows, static row => row.Value is not null);

            var engines = Enumerable.Range(0, 3).Select(_ => new IndicatorEngine(s_query with { Threads = random.Next(1, 4) })).ToList();
            foreach (var table in rows)
            {
                random.Shuffle(table.Rows);
                var cuts = Enumerable.Range(0, 2).Select(_ => random.Next(table.Rows.Length + 1)).Order().ToArray();
                var parts = new[] { table.Rows[..cuts[0]], table.Rows[cuts[0]..cuts[1]], table.Rows[cuts[1]..] };
                for (var i = 0; i < parts.Length; i++)
                {
                    if (parts[i].Length > 0)
                    {
                        Reports.Read(engines[i], Export(table.Make, parts[i], random.Next(1, 50)));
                    }
                }
            }

            var (first, second) = random.Next(2) == 0 ? (1, 2) : (2, 1);
            engines[first].Merge(engines[second]);
            engines[0].Merge(engines[first]);
            Reports.AssertSame(expected, engines[0].Finish());
            engines.ForEach(static engine => engine.Dispose());
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task State_files_keep_everything_and_equal_states_are_equal_bytes(int seed)
    {
        using var folder = new TemporaryFolder();
        var rows = Rows(new Random(seed), 200);
        using var whole = new IndicatorEngine(s_query);
        var files = Exports(rows, 37).Select((export, i) => folder.Write($"{i}.arrow", export.ToBytes())).ToArray();
        Reports.ReadFiles(whole, files);
        await Save(whole, folder.File("whole.state"));

        using var read = new IndicatorEngine(s_query);
        await read.MergeStateAsync(folder.File("whole.state"));
        Reports.AssertSame(whole.Finish(), read.Finish());
        await Save(read, folder.File("read.state"));
        Assert.Equal(await File.ReadAllBytesAsync(folder.File("whole.state")), await File.ReadAllBytesAsync(folder.File("read.state")));

        using var merged = new IndicatorEngine(s_query with { Threads = 1 });
        foreach (var file in files.Reverse())
        {
            using var part = new IndicatorEngine(s_query);
            Reports.ReadFiles(part, file);
            await Save(part, folder.File("part.state"));
            await merged.MergeStateAsync(folder.File("part.state"));
        }

        Reports.AssertSame(whole.Finish(), merged.Finish());
        await Save(merged, folder.File("merged.state"));
        Assert.Equal(await File.ReadAllBytesAsync(folder.File("whole.state")), await File.ReadAllBytesAsync(folder.File("merged.state")));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 3_000)]
    [InlineData(4, 10_000)]
    public async Task Points_on_disk_are_points(int seed, long most)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(seed);
        var rows = Rows(random, 300);
        var exports = Exports(rows, 40).ToArray();
        using var once = Reports.Engine(s_query, exports);
        var expected = once.Finish();
        await Save(once, folder.File("once.state"));
        random.Shuffle(exports);
        using var spilled = Tight(most);
        using var merged = Tight(most);
        using var states = Tight(most);
        foreach (var export in exports)
        {
            Reports.Read(spilled, export);
            using var part = Tight(most);
            Reports.Read(part, export);
            merged.Merge(part);
            await Save(part, folder.File("part.state"));
            await states.MergeStateAsync(folder.File("part.state"));
        }

        Assert.True(spilled.State.Points.IsSpilled && merged.State.Points.IsSpilled && states.State.Points.IsSpilled);
        foreach (var engine in new[] { spilled, merged, states })
        {
            Reports.AssertSame(expected, engine.Finish());
            await Save(engine, folder.File("again.state"));
            Assert.Equal(await File.ReadAllBytesAsync(folder.File("once.state")), await File.ReadAllBytesAsync(folder.File("again.state")));
            Reports.AssertSame(expected, engine.Finish());
        }

        static IndicatorEngine Tight(long most)
        {
            var engine = new IndicatorEngine(s_query);
            engine.Context.MostPoints = most;
            engine.State.Points.Most = most;
            return engine;
        }
    }

    [Fact]
    public void Points_that_do_not_come_back_as_they_were_written_are_an_error_of_their_own()
    {
        var random = new Random(5);
        var exports = Exports(Rows(random, 200), 40).ToArray();
        for (var i = 0; i < 30; i++)
        {
            using var engine = new IndicatorEngine(s_query);
            engine.State.Points.Most = 0;
            engine.Context.MostPoints = 0;
            Array.ForEach(exports, export => Reports.Read(engine, export));
            var files = engine.State.Points.Files.ToList();
            var file = files[random.Next(files.Count)];
            var at = random.NextInt64(file.Length);
            var one = new byte[1];
            RandomAccess.Read(file.Handle, one, at);
            one[0] ^= (byte)(1 << random.Next(8));
            RandomAccess.Write(file.Handle, one, at);
            Assert.Throws<SpillException>(() => engine.Finish());
        }
    }

    [Fact]
    public void Little_memory_is_enough_for_many_points()
    {
        var random = new Random(6);
        var export = ExportBuilder.Table("counter").Time("event_ts").Keys("object").Column("bytes", ArrowType.Int(64));
        for (var i = 0; i < 60_000; i++)
        {
            export.Row($"2024-03-{1 + random.Next(28):00} {random.Next(24):00}:{random.Next(60):00}:{random.Next(60):00}", $"O{random.Next(300)}", random.NextInt64(1 << 40));
            if (i % 1_000 == 999)
            {
                export.NextBatch();
            }
        }

        var query = Reports.NoFloor with { Select = ["thr"], Threads = 2 };
        using var engine = Reports.Engine(query with { MemoryBudget = 1_000_000 }, export);
        Assert.True(engine.State.Points.IsSpilled);
        Reports.AssertSame(Reports.Of(query, export), engine.Finish());
        Assert.InRange(engine.MemoryUsed, 0, 1_000_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Repeated_rows_change_evidence_alone(int seed)
    {
        var rows = Rows(new Random(seed), 80);
        var select = s_query with { Select = ["link_avail", "cov_time", "loss", "thr", "conn", "concurrency"], Dedup = DedupPolicy.None };
        var once = Reports.Of(select, Exports(rows, 20));
        var twice = Reports.Of(select, [.. Exports(rows, 20), .. Exports(rows, 33)]);
        Assert.Equal(once.Rows.Select(Figures), twice.Rows.Select(Figures));
        Assert.NotEqual(once.Manifest.RowDigest, twice.Manifest.RowDigest);
        var byRows = select with { Dedup = DedupPolicy.Rows };
        Assert.Equal(Reports.Of(byRows, Exports(rows, 20)).Rows.Select(Figures), Reports.Of(byRows, [.. Exports(rows, 20), .. Exports(rows, 33)]).Rows.Select(Figures));
        Reports.AssertSame(once, Reports.Of(select with { Dedup = DedupPolicy.Export }, [.. Exports(rows, 20), .. Exports(rows, 20)]));

        static string Figures(IndicatorRow row) => $"{row.Indicator} {Reports.GroupText(row)} {row.WindowStart} {row.Value} {row.Fraction()} {row.StatusText()}";
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whole_windows_agree_with_the_sum_of_their_parts(int seed)
    {
        var rows = Rows(new Random(seed), 300);
        var select = s_query with { GroupBy = [], Select = ["link_avail", "cov_time", "loss", "thr"] };
        var hours = Reports.Of(select, Exports(rows, 50));
        var whole = Reports.Of(select with { Window = Window.All }, Exports(rows, 50));
        foreach (var indicator in new[] { "loss", "thr" })
        {
            // both parts of a ratio add up over windows; required time is of more windows than have rows
            Assert.Equal(Sum(hours, indicator, static row => row.Numerator), Sum(whole, indicator, static row => row.Numerator));
            Assert.Equal(Sum(hours, indicator, static row => row.Denominator), Sum(whole, indicator, static row => row.Denominator));
        }

        Assert.Equal(Sum(hours, "thr.resets", static row => row.Numerator), Sum(whole, "thr.resets", static row => row.Numerator));
    }

    [Fact]
    public void What_is_not_selected_is_neither_read_nor_kept()
    {
        var rows = Rows(new Random(1), 100);
        var select = Reports.NoFloor with { Source = s_query.Source, Select = ["energy_kwh"] };
        using var none = Reports.Engine(select, Exports(rows, 50));
        using var some = Reports.Engine(select with { Select = ["thr"] }, Exports(rows, 50));
        Assert.Equal(0, none.MemoryUsed);
        Assert.True(some.MemoryUsed > 0);
    }

    [Fact]
    public void Points_that_the_budget_does_not_hold_end_the_run()
    {
        var random = new Random(1);
        var export = ExportBuilder.Table("counter").Time("event_ts").Keys("object").Column("bytes", ArrowType.Int(64));
        for (var i = 0; i < 60_000; i++)
        {
            export.Row("2024-03-01 08:00", $"O{i % 3}", random.NextInt64());
            if (i % 1_000 == 999)
            {
                export.NextBatch();
            }
        }

        var query = Reports.NoFloor with { Select = ["thr"], Threads = 1 };
        var fault = Assert.Throws<LimitExceededException>(() => Reports.Of(query with { MemoryBudget = 400_000 }, export));
        Assert.True(fault.IsMemoryBudget);
        Assert.Contains("order-dependent", fault.Message, StringComparison.Ordinal);
        Assert.NotEmpty(Reports.Of(query with { MemoryBudget = 4_000_000 }, export).Rows);
    }

    private static decimal Sum(IndicatorReport report, string indicator, Func<IndicatorRow, ExactNumber?> part) =>
        report.RowsOf(indicator).Sum(row => decimal.Parse(part(row)?.ToString() ?? "0", CultureInfo.InvariantCulture));

    private static async Task Save(IndicatorEngine engine, string path)
    {
        await using var state = File.Create(path);
        engine.SaveState(state);
    }

    internal static ExportBuilder[] Exports((Func<ExportBuilder> Make, object?[][] Rows)[] tables, int batch) =>
        [.. tables.Select(table => Export(table.Make, table.Rows, batch))];

    private static ExportBuilder Export(Func<ExportBuilder> make, object?[][] rows, int batch)
    {
        var export = make();
        for (var i = 0; i < rows.Length; i++)
        {
            if (i > 0 && i % batch == 0)
            {
                export.NextBatch();
            }

            export.Row(rows[i]);
        }

        return export;
    }

    // three hours of two lines with three devices, with ties, gaps, wraps, nulls and repeats
    internal static (Func<ExportBuilder> Make, object?[][] Rows)[] Rows(Random random, int count)
    {
        string Time() => new DateTime(2024, 3, 1, 8, 0, 0).AddSeconds(random.Next(10_800)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        string Device() => $"D{random.Next(3)}";
        string Line() => $"L{random.Next(2)}";
        T? Maybe<T>(T value) => random.Next(15) == 0 ? default : value;
        object?[][] Many(Func<object?[]> row) => [.. Enumerable.Range(0, count).Select(_ => row())];
        return
        [
            (
                static () => ExportBuilder.Table("connectivity").Time("event_ts").Keys("device", "line").Column("online", ExportBuilder.Flag),
                Many(() => [Time(), Maybe(Device()), Line(), random.Next(8) > 0])),
            (
                static () => ExportBuilder.Table("radio").Time("event_ts").Keys("device", "line", "cell").Numbers("rsrp_dbm", "sinr_db"),
                Many(() => [Time(), Maybe(Device()), Line(), Maybe("c"), -80.0 - random.Next(40), random.Next(-10, 20) / 2.0])),
            (
                static () => ExportBuilder.Table("probe").Time("event_ts").Keys("device", "line", "flow").Column("seq", ArrowType.Int(16, isSigned: false))
                    .Numbers("latency_ms", "deadline_ms").Column("lost", ExportBuilder.Flag),
                Many(() =>
                [
                    Time(), Maybe(Device()), Line(), Maybe("f"), (65_500 + random.Next(80)) & 0xFFFF,
                    random.Next(9) == 0 ? null : random.Next(40) / 1.0, random.Next(9) == 0 ? 3_600_000.0 : 20.0, random.Next(12) == 0,
                ])),
            (
                static () => ExportBuilder.Table("counter").Time("event_ts").Keys("object", "line", "direction").Column("bytes", ArrowType.Int(64))
                    .Column("counter_bits", ArrowType.Int(16)).Numbers("link_capacity_bps"),
                Many(() =>
                [
                    Time(), $"O{random.Next(2)}", Line(), Maybe(random.Next(2) == 0 ? "ul" : "dl"), (long)random.Next(1 << 16), 16, Maybe(random.Next(1, 9) * 100.0),
                ])),
            (
                static () => ExportBuilder.Table("session").Time("start_ts", "end_ts").Keys("device", "line", "session"),
                Many(() => [Time(), Time(), Device(), Line(), random.Next(3) == 0 ? null : $"S{random.Next(20)}"])),
        ];
    }
}
