using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.UserDefined;

/// <summary>Every aggregate against a naive computation over random rows, whatever the split, order, threads and merges.</summary>
public sealed class UserAggregateTests
{
    private const string Definitions = """
        {
          "measures": { "latency_ms": { "scale": "1e-3", "range": [0, 30], "sentinels": [7.5] } },
          "indicators": [
            { "id": "rows", "aggregate": "count" },
            { "id": "slow", "aggregate": "count", "where": { "latency_ms": { "gt": 10.0005, "le": 20 } } },
            { "id": "not_slow", "aggregate": "count", "where": { "not": { "latency_ms": { "gt": 10 } } } },
            { "id": "other", "aggregate": "count", "where": { "latency_ms": { "ne": 12 }, "mode": { "ne": "auto" } } },
            { "id": "either", "aggregate": "count", "where": { "any": [ { "online": true }, { "all": [ { "is_key": true }, { "mode": { "in": ["auto", "手动"] } } ] } ] } },
            { "id": "absent", "aggregate": "count", "where": { "latency_ms": { "valid": false } } },
            { "id": "share", "aggregate": "share", "where": { "online": true }, "of": { "is_key": true } },
            { "id": "energy", "aggregate": "sum", "column": "energy_kwh" },
            { "id": "energy.key", "aggregate": "sum", "column": "energy_kwh", "where": { "is_key": true } },
            { "id": "least", "aggregate": "min", "column": "energy_kwh", "where": { "online": true } },
            { "id": "most", "aggregate": "max", "column": "latency_ms" },
            { "id": "devices", "aggregate": "distinct", "column": "device", "where": { "online": true } },
            { "id": "modes", "aggregate": "distinct", "column": "mode" },
            { "id": "p90", "aggregate": "quantile", "q": 0.9, "column": "latency_ms" },
          ],
        }
        """;

    private static readonly string[] s_ids =
        ["absent", "devices", "either", "energy", "energy.key", "least", "modes", "most", "not_slow", "other", "p90", "rows", "share", "slow"];

    private static IndicatorQuery Query { get; } = Reports.NoFloor with
    {
        UserDefined = UserIndicatorSet.Parse(Definitions, "test"),
        Select = s_ids,
        GroupBy = ["line", "device,line"],
        Window = Window.Day,
    };

    [Theory]
    [InlineData(Window.All, 40)]
    [InlineData(Window.Day, 10)]
    [InlineData(Window.Hour, 1)]
    public void Equal_a_naive_computation(Window window, int tests) => Prop.ForAll<int>(seed =>
    {
        var rows = WideRow.Random(seed, 40 + (seed & 255));
        var report = Reports.Of(Query with { Window = window, GroupBy = ["line", "device,line", "factory"] }, WideRow.Export(rows, 31));
        Assert.NotEmpty(report.Rows);
        foreach (var row in report.Rows)
        {
            Check(row, rows.Where(candidate => IsIn(candidate, row)).ToList());
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(tests));

    // dense rows in runs are folded where they lie in their columns: no null, no range, no sentinel
    [Theory]
    [InlineData("a_most", "b_least")]
    [InlineData("b_most", "a_least")]
    public void Dense_runs_equal_a_naive_computation(string most, string least) => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var stands = (seed & 1) == 0;
        WideRow[] rows = [.. Enumerable.Range(0, 12).SelectMany(run => WideRow.Random(random.Next(), random.Next(7, 90)).Select(row => row with
        {
            Line = $"L{run % 5}",
            Minute = stands ? 600 : run,
            Latency = random.Next(-40_000, 40_000),
        }))];
        var definitions = UserIndicatorSet.Parse(
            $$"""
            {
              "measures": { "latency_ms": { "scale": "1e-3", "range": [null, null], "sentinels": [] } },
              "indicators": [
                { "id": "{{most}}", "aggregate": "max", "column": "latency_ms" },
                { "id": "{{least}}", "aggregate": "min", "column": "latency_ms" },
                { "id": "all", "aggregate": "sum", "column": "latency_ms" },
              ],
            }
            """,
            "test");
        var report = Reports.Of(
            Query with { UserDefined = definitions, Select = [most, least, "all"], GroupBy = ["line"], Window = Window.All }, WideRow.Export(rows, 10_000));
        foreach (var line in rows.GroupBy(static row => row.Line))
        {
            Equal(most, line.Max(static row => row.Latency!.Value));
            Equal(least, line.Min(static row => row.Latency!.Value));
            Equal("all", line.Sum(static row => row.Latency!.Value));

            void Equal(string id, long milli) => Assert.Equal(
                milli / 1_000.0, report.Rows.Single(row => row.Indicator == id && row.Group[0].Value == line.Key).Value);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Split_order_threads_containers_and_merges_change_nothing() => Prop.ForAll<int>(seed =>
    {
        var rows = WideRow.Random(seed, 300);
        var expected = Reports.Of(Query with { Threads = 1 }, WideRow.Export(rows, 10_000));
        var random = new Random(seed);
        random.Shuffle(rows);
        Reports.AssertSame(expected, Reports.Of(Query with { Threads = 3 }, WideRow.Export(rows, 1 + random.Next(60))));

        var at = random.Next(rows.Length);
        using var left = Reports.Engine(Query, WideRow.Export(rows[..at], 50));
        using var right = Reports.Engine(Query with { Threads = 1 }, WideRow.Export(rows[at..], 50));
        left.Merge(right);
        Reports.AssertSame(expected, left.Finish());
        Reports.AssertSame(expected, left.Finish());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public async Task State_files_hold_all_of_it_and_are_canonical()
    {
        using var folder = new TemporaryFolder();
        var rows = WideRow.Random(7, 500);
        var expected = Reports.Of(Query, WideRow.Export(rows, 100));
        using var first = Reports.Engine(Query, WideRow.Export(rows[..200], 100));
        using var second = Reports.Engine(Query, WideRow.Export(rows[200..], 100));
        using var merged = new IndicatorEngine(Query);
        await merged.MergeStateAsync(folder.Write("b.state", Bytes(second)));
        await merged.MergeStateAsync(folder.Write("a.state", Bytes(first)));
        Reports.AssertSame(expected, merged.Finish());

        using var again = new IndicatorEngine(Query);
        await again.MergeStateAsync(folder.Write("all.state", Bytes(merged)));
        Assert.Equal(Bytes(merged), Bytes(again));
        first.Merge(second);
        Assert.Equal(Bytes(merged), Bytes(first));

        // of other definitions: refused, though the ids are the same
        var others = UserIndicatorSet.Parse(Definitions.Replace("0.9,", "0.8,", StringComparison.Ordinal), "test");
        using var stranger = new IndicatorEngine(Query with { UserDefined = others });
        await Assert.ThrowsAsync<IndicatorCore.Errors.StateMismatchException>(() => stranger.MergeStateAsync(folder.File("all.state")));
        using var another = new IndicatorEngine(Query with { UserDefined = others });
        Assert.Throws<IndicatorCore.Errors.StateMismatchException>(() => another.Merge(first));
    }

    [Fact]
    public void Checkpoints_take_it_up_again()
    {
        using var folder = new TemporaryFolder();
        var rows = WideRow.Random(8, 400);
        folder.Write("telemetry-1.arrow", WideRow.Export(rows[..150], 40).ToBytes());
        using var first = new IndicatorEngine(Query) { Checkpoint = new CheckpointOptions { Directory = folder.File("kept") } };
        Reports.ReadFiles(first, folder.File("telemetry-1.arrow"));
        folder.Write("telemetry-2.arrow", WideRow.Export(rows[150..], 40).ToBytes());
        using var next = new IndicatorEngine(Query) { Checkpoint = new CheckpointOptions { Directory = folder.File("kept") } };
        Reports.ReadFiles(next, folder.File("telemetry-1.arrow"), folder.File("telemetry-2.arrow"));
        Reports.AssertSame(Reports.Of(Query, WideRow.Export(rows, 77)), next.Finish());
    }

    [Fact]
    public void Memory_is_accounted_and_given_back()
    {
        var rows = WideRow.Random(9, 2_000);
        var engine = Reports.Engine(Query with { Window = Window.Hour, GroupBy = ["device,line"] }, WideRow.Export(rows, 500));
        var used = engine.MemoryUsed;
        engine.Finish();
        Assert.True(used > 100_000);
        Assert.Equal(used, engine.MemoryUsed);
        engine.Dispose();
        Assert.InRange(engine.MemoryUsed, 0, 10_000);   // key tables stay
        Assert.ThrowsAny<IndicatorCore.Errors.LimitExceededException>(
            () => Reports.Of(Query with { MemoryBudget = 60_000 }, WideRow.Export(WideRow.Random(9, 6_000), 500)));
    }

    [Fact]
    public void Duplicates_and_conflicts_do_not_count()
    {
        var rows = WideRow.Random(10, 200);
        var once = Reports.Of(Query with { GroupBy = [] }, WideRow.Export(rows, 50));
        var twice = Reports.Of(Query with { GroupBy = [], Dedup = DedupPolicy.Rows }, WideRow.Export([.. rows, .. rows], 50));
        foreach (var (left, right) in once.Rows.Zip(twice.Rows))
        {
            Assert.Equal((left.Indicator, left.Value), (right.Indicator, right.Value));
            Assert.True(right.Evidence!.Duplicates >= left.Evidence!.Received);
        }
    }

    [Fact]
    public void Columns_hold_the_same_figures_as_rows()
    {
        var report = Reports.Of(Query, WideRow.Export(WideRow.Random(11, 300), 50));
        Assert.All(report.Rows.Where(static row => row.Indicator == "rows"), static row => Assert.Equal((double)(row.Numerator?.Unscaled ?? 0), row.Value ?? 0));
        Assert.Equal(report.Rows.Count, report.Rows.Select(static row => (row.Indicator, Reports.GroupText(row), row.WindowStart)).Distinct().Count());
    }

    private static byte[] Bytes(IndicatorEngine engine)
    {
        using var stream = new MemoryStream();
        engine.SaveState(stream);
        return stream.ToArray();
    }

    private static bool IsIn(WideRow candidate, IndicatorRow row)
    {
        var at = Reports.Nanoseconds("2024-03-01 00:00") + (candidate.Minute * 60_000_000_000L);
        return at >= row.WindowStart && at < row.WindowEnd
            && row.Group.All(pair => pair.Value == (pair.Key == "line" ? candidate.Line : pair.Key == "device" ? candidate.Device : null));
    }

    private static void Check(IndicatorRow row, List<WideRow> rows)
    {
        decimal[] valid = [.. rows.Where(static candidate => candidate.ValidLatency is not null).Select(static candidate => candidate.ValidLatency!.Value / 1_000m).Order()];
        (decimal? Numerator, int? Denominator) expected = row.Indicator switch
        {
            "rows" => (rows.Count, null),
            "slow" => (valid.Count(static value => value is > 10.0005m and <= 20), null),
            "not_slow" => (rows.Count - valid.Count(static value => value > 10), null),
            "other" => (rows.Count(static candidate => candidate.ValidLatency is { } value && value != 12_000 && candidate.Mode is not (null or "auto")), null),
            "either" => (rows.Count(static candidate => candidate.Online == true || (candidate.IsKey == true && candidate.Mode is "auto" or "手动" && candidate.IsKey == true)), null),
            "absent" => (rows.Count - valid.Length, null),
            "share" => (rows.Count(static candidate => candidate.Online == true && candidate.IsKey == true), rows.Count(static candidate => candidate.IsKey == true)),
            "energy" => (rows.Any(static candidate => candidate.Energy is not null) ? rows.Sum(static candidate => candidate.Energy ?? 0) / 1_000m : null, null),
            "energy.key" => (rows.Any(static candidate => candidate.Energy is not null) ? rows.Where(static candidate => candidate.IsKey == true).Sum(static candidate => candidate.Energy ?? 0) / 1_000m : null, null),
            "least" => (rows.Where(static candidate => candidate.Online == true).Min(static candidate => candidate.Energy) / 1_000m, null),
            "most" => (valid.Length == 0 ? null : valid[^1], null),
            "devices" => (rows.Where(static candidate => candidate.Online == true && candidate.Device is not null).Select(static candidate => candidate.Device).Distinct().Count(), null),
            "modes" => (rows.Where(static candidate => candidate.Mode is not null).Select(static candidate => candidate.Mode).Distinct().Count(), null),
            "p90" => (valid.Length == 0 ? null : valid[(int)Math.Ceiling(0.9m * valid.Length) - 1], null),
            var other => throw new InvalidOperationException(other),
        };
        var status = rows.Count == 0 || expected.Numerator is null ? "NOT_AVAILABLE(NO_DATA)"
            : expected.Denominator == 0 ? "NOT_AVAILABLE(ZERO_DENOMINATOR)"
            : "PUBLISHED";
        Assert.Equal(status, row.StatusText().Replace("_WITH_WARNING", string.Empty, StringComparison.Ordinal));
        if (status == "PUBLISHED")
        {
            Assert.Equal(expected.Numerator!.Value, decimal.Parse(row.Numerator!.Value.ToString(), CultureInfo.InvariantCulture));
            Assert.Equal(expected.Denominator?.ToString(), row.Denominator?.ToString());
            Assert.Equal((double)expected.Numerator.Value / (expected.Denominator ?? 1), row.Value);
        }

        Assert.Equal(rows.Count, row.Evidence!.Received);
        if (row.Indicator is "most" or "p90" or "slow" or "absent")
        {
            Assert.Equal(
                (valid.Length, rows.Count(static candidate => candidate.IsLatencyMissing)), (row.Evidence.Valid, row.Evidence.Missing));
            Assert.Equal(rows.Count, row.Evidence.Valid + row.Evidence.Missing + row.Evidence.Invalid);
        }
        else if (row.Indicator is "rows" or "share" or "other")
        {
            Assert.Equal((rows.Count, 0, 0), (row.Evidence.Valid, row.Evidence.Missing, row.Evidence.Invalid));
        }
    }
}
