using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.UserDefined;

/// <summary>Ratios, means, sums of products, combinations and publication rules against a naive computation.</summary>
public sealed class UserQuotientTests
{
    private const string Definitions = """
        {
          "measures": { "latency_ms": { "scale": "1e-3", "range": [0, 30], "sentinels": [7.5] } },
          "indicators": [
            { "id": "kwh", "aggregate": "sum", "column": "energy_kwh", "where": { "online": true } },
            { "id": "rows", "aggregate": "count" },
            { "id": "per_row", "aggregate": "ratio", "numerator": "kwh", "denominator": "rows" },
            { "id": "odd", "aggregate": "ratio", "numerator": { "aggregate": "sum", "column": "energy_kwh", "where": { "is_key": true } },
              "denominator": { "aggregate": "sum", "column": "latency_ms", "weight": "energy_kwh" } },
            { "id": "self", "aggregate": "ratio", "numerator": "kwh", "denominator": "kwh" },
            { "id": "plain", "aggregate": "mean", "column": "latency_ms" },
            { "id": "weighted", "aggregate": "mean", "column": "latency_ms", "weight": "energy_kwh", "where": { "is_key": true } },
            { "id": "products", "aggregate": "sum", "column": "latency_ms", "weight": "energy_kwh" },
            { "id": "turned", "aggregate": "sum", "column": "energy_kwh", "weight": "latency_ms" },
            { "id": "judged", "aggregate": "mean", "column": "latency_ms",
              "publish": { "min_rows": 3, "min_devices": 2, "min_days": 2, "max_missing_share": { "warn": 0.1, "suppress": 0.25 } } },
            { "id": "combined", "unit": "mixed", "combine": "(kwh + 2) / rows * 1 - min(plain, weighted, 3) * -0.5" },
            { "id": "twice", "combine": "combined + combined" },
            { "id": "kept_back", "combine": "judged * 0 + rows * 1" },
          ],
        }
        """;

    private static readonly string[] s_ids = ["combined", "judged", "kept_back", "kwh", "odd", "per_row", "plain", "products", "rows", "self", "turned", "twice", "weighted"];

    private static IndicatorQuery Query { get; } = Reports.NoFloor with
    {
        UserDefined = UserIndicatorSet.Parse(Definitions, "test"),
        Select = s_ids,
        GroupBy = ["line", "device,line"],
        Window = Window.All,
        Profile = DefinitionProfile.TestNoFloor with { Name = "rules", ApplyDefinedRules = true },
    };

    [Fact]
    public void Equal_a_naive_computation() => Prop.ForAll<int>(seed =>
    {
        var rows = WideRow.Random(seed, 40 + (seed & 127));
        var report = Reports.Of(Query, WideRow.Export(rows, 31));
        Assert.NotEmpty(report.Rows);
        foreach (var group in report.Rows.GroupBy(Reports.GroupText))
        {
            var first = group.First();
            Check(group.ToDictionary(static row => row.Indicator), [.. rows.Where(row => first.Group.All(pair => pair.Value == (pair.Key == "line" ? row.Line : row.Device)))]);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void Split_order_threads_merges_and_state_files_change_nothing() =>
        Laws.Hold(Query with { Window = Window.Day }, [.. WideRow.Random(5, 250).Chunk(80).Select(static chunk => WideRow.Export(chunk, 37))]);

    [Fact]
    public async Task State_files_hold_all_of_it()
    {
        using var folder = new TemporaryFolder();
        var rows = WideRow.Random(7, 300);
        using var first = Reports.Engine(Query, WideRow.Export(rows[..120], 40));
        using var second = Reports.Engine(Query with { Threads = 1 }, WideRow.Export(rows[120..], 50));
        using var merged = new IndicatorEngine(Query);
        await merged.MergeStateAsync(folder.Write("b.state", Bytes(second)));
        await merged.MergeStateAsync(folder.Write("a.state", Bytes(first)));
        Reports.AssertSame(Reports.Of(Query, WideRow.Export(rows, 1_000)), merged.Finish());
        first.Merge(second);
        Assert.Equal(Bytes(merged), Bytes(first));
    }

    // values near the end of 64 bits at 10^-6: products of 126 bits, sums far beyond 128
    [Fact]
    public void Sums_of_products_beyond_128_bits_are_exact() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var export = ExportBuilder.Table("telemetry").Time("event_ts").Numbers("left_h", "right_h");
        var (products, weights) = (BigInteger.Zero, BigInteger.Zero);
        for (var row = 0; row < 700; row++)
        {
            var bits = random.Next(1, 44);
            long left = random.NextInt64(1L << bits) * (row % 3 == 0 ? -1 : 1), right = random.NextInt64(1L << random.Next(1, 44));
            if (row % 7 == 0)
            {
                (left, right) = (9_000_000_000_000, 9_100_000_000_000 - row);
            }

            left = Math.Clamp(left, -9_200_000_000_000, 9_200_000_000_000);
            right = Math.Clamp(right, -9_200_000_000_000, 9_200_000_000_000);
            products += (BigInteger)left * right;
            weights += right;
            export.Row("2024-03-01 08:00", (double)left, (double)right);
            if (random.Next(100) == 0)
            {
                export.NextBatch();
            }
        }

        var query = Reports.NoFloor with
        {
            UserDefined = UserIndicatorSet.Parse(
                """{ "indicators": [ { "id": "p", "aggregate": "sum", "column": "left_h", "weight": "right_h" }, { "id": "m", "aggregate": "mean", "column": "left_h", "weight": "right_h" } ] }""", "test"),
            Select = ["p", "m"],
        };
        var report = Reports.Of(query, export);
        Assert.Equal(products * BigInteger.Pow(10, 12), report.Row("p").Numerator!.Value.Unscaled);
        Assert.Equal(12, report.Row("p").Numerator!.Value.Scale);
        Assert.Equal(weights * 1_000_000, report.Row("m").Denominator!.Value.Unscaled);
        Assert.Equal(ExactRatio.ToDouble(products, weights), report.Row("m").Value);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    [Fact]
    public void A_profile_without_floors_switches_publication_rules_off()
    {
        var report = Reports.Of(Query with { Profile = DefinitionProfile.TestNoFloor, GroupBy = ["device,line"] }, WideRow.Export(WideRow.Random(3, 60), 20));
        Assert.All(report.Rows, static row => Assert.True(row.Status is ResultStatus.Published or ResultStatus.NotAvailable, row.StatusText()));
        Assert.Contains(
            Reports.Of(Query with { GroupBy = ["device,line"] }, WideRow.Export(WideRow.Random(3, 60), 20)).Rows, static row => row.Status == ResultStatus.Suppressed);
    }

    [Fact]
    public void Parts_of_a_combination_are_computed_but_not_shown()
    {
        var report = Reports.Of(Query with { Select = ["twice"], GroupBy = [] }, WideRow.Export(WideRow.Random(3, 60), 20));
        Assert.Equal(["twice"], report.Rows.Select(static row => row.Indicator));
        Assert.Equal("combined@1", Assert.Single(report.Rows[0].Evidence!.Additional).Value.Texts![0]);
        Assert.NotNull(report.Rows[0].Value);
    }

    private static byte[] Bytes(IndicatorEngine engine)
    {
        using var stream = new MemoryStream();
        engine.SaveState(stream);
        return stream.ToArray();
    }

    private static void Check(Dictionary<string, IndicatorRow> shown, List<WideRow> rows)
    {
        Rational kwh = Milli(rows.Where(static row => row.Online == true).Sum(static row => row.Energy ?? 0));
        var count = Whole(rows.Count);
        var products = Products(rows);
        var latencies = rows.Where(static row => row.ValidLatency is not null).ToList();
        List<WideRow> both = [.. rows.Where(static row => row.IsKey == true && row.ValidLatency is not null && row.Energy is not null)];
        var plain = latencies.Count == 0 ? (Rational?)null : Milli(latencies.Sum(static row => row.ValidLatency!.Value)) / Whole(latencies.Count);
        var weights = Milli(both.Sum(static row => row.Energy!.Value));
        var weighted = weights.IsZero ? (Rational?)null : Products(both) / weights;
        var odd = products.IsZero ? (Rational?)null : Milli(rows.Where(static row => row.IsKey == true).Sum(static row => row.Energy ?? 0)) / products;

        Equal(kwh / count, shown["per_row"]);
        Equal(odd, shown["odd"]);
        Equal(kwh.IsZero ? null : Whole(1), shown["self"]);
        Equal(plain, shown["plain"]);
        Equal(weighted, shown["weighted"]);
        var hasProducts = rows.Exists(static row => row.ValidLatency is not null && row.Energy is not null);
        Equal(hasProducts ? products : null, shown["products"]);
        Equal(hasProducts ? products : null, shown["turned"]);
        Assert.Equal((shown["products"].Numerator, shown["products"].Value), (shown["turned"].Numerator, shown["turned"].Value));
        Rational? combined = plain is { } p && weighted is { } w && shown["kwh"].Value is not null
            ? ((kwh + Whole(2)) / count) + (new[] { p, w, Whole(3) }.Min() / Whole(2))
            : null;
        Equal(combined, shown["combined"]);
        Equal(combined is { } c ? c + c : null, shown["twice"]);

        var missing = rows.Count(static row => row.IsLatencyMissing);
        ResultReason? reason = plain is null ? ResultReason.NoData
            : latencies.Select(static row => row.Device).OfType<string>().Distinct().Count() < 2 ? ResultReason.TooFewDevices
            : latencies.Count < 3 ? ResultReason.TooFewSamples
            : latencies.Select(static row => row.Minute / 1_440).Distinct().Count() < 2 ? ResultReason.TooFewDays
            : 4 * missing > rows.Count ? ResultReason.MissingShareHigh
            : null;
        Assert.Equal(reason, shown["judged"].Reason);
        Assert.Equal(10 * missing > rows.Count, shown["judged"].Flags.HasFlag(ResultFlags.MissingShareWarn));
        Equal(reason is null ? plain : null, shown["judged"]);
        Assert.Equal((shown["judged"].Status, reason), (shown["kept_back"].Status, shown["kept_back"].Reason));
        Assert.Equal(reason is null ? (double?)rows.Count : null, shown["kept_back"].Value);
    }

    private static void Equal(Rational? expected, IndicatorRow row)
    {
        Assert.Equal(expected?.ToDouble(), row.Value);
        Assert.Equal(expected is null, row.Status is ResultStatus.Suppressed or ResultStatus.NotAvailable);
        if (expected is { } value && row.Numerator is { } above)
        {
            var below = row.Denominator ?? new ExactNumber(1);
            Assert.Equal(value, new Rational(above.Unscaled * BigInteger.Pow(10, below.Scale), below.Unscaled * BigInteger.Pow(10, above.Scale)));
        }
    }

    private static Rational Products(IEnumerable<WideRow> rows) => new(
        rows.Aggregate(BigInteger.Zero, static (sum, row) => sum + ((BigInteger)(row.ValidLatency ?? 0) * (row.Energy ?? 0))), 1_000_000);

    private static Rational Milli(long value) => new(value, 1_000);

    private static Rational Whole(long value) => new(value, 1);
}
