using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Adapters.Registry;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.UserDefined;

/// <summary>Fisher's index and gains of definition files.</summary>
public sealed class UserIndexTests
{
    private const string Definitions = """
        {
          "measures": { "latency_ms": { "scale": "1e-3", "range": [0, 30], "sentinels": [7.5] } },
          "indicators": [
            { "id": "index", "aggregate": "fisher", "output": "latency_ms", "input": "energy_kwh", "strata": ["line"],
              "where": { "is_key": true }, "baseline": "2024-03-01..2024-03-02", "after": "2024-03-02..2024-03-05" },
            { "id": "saved", "aggregate": "fisher", "output": "latency_ms", "input": "energy_kwh", "strata": ["line"], "better": "lower",
              "where": { "is_key": true }, "baseline": "2024-03-01..2024-03-02", "after": "2024-03-02..2024-03-05" },
            { "id": "mean", "aggregate": "mean", "column": "latency_ms" },
            { "id": "gain", "aggregate": "gain", "measure": "mean", "baseline": "2024-03-01..2024-03-02", "after": "2024-03-02..2024-03-05" },
            { "id": "growth", "aggregate": "gain", "measure": { "aggregate": "sum", "column": "energy_kwh", "weight": "latency_ms" },
              "baseline": "2024-03-01..2024-03-02", "after": "2024-03-02..2024-03-05" },
          ],
        }
        """;

    private static IndicatorQuery Query { get; } = Reports.NoFloor with
    {
        UserDefined = UserIndicatorSet.Parse(Definitions, "test"),
        Select = ["index", "saved", "gain", "growth"],
        GroupBy = ["device"],
        Profile = DefinitionProfile.TestNoFloor with { Name = "open", MatchedSharePercent = 0, MatchedShareWarnPercent = 0 },
        AsOf = new DateTimeOffset(2024, 3, 6, 0, 0, 0, TimeSpan.FromHours(8)),
    };

    [Fact]
    public void Equal_a_naive_computation() => Prop.ForAll<int>(seed =>
    {
        var rows = WideRow.Random(seed, 400);
        var report = Reports.Of(Query, WideRow.Export(rows, 77));
        foreach (var group in rows.GroupBy(static row => row.Device))
        {
            var text = $"device={group.Key}";
            List<WideRow> both = [.. group.Where(static row => row.IsKey == true && row.ValidLatency is not null && row.Energy is not null)];
            var (projectedAfter, projectedBase, inputBase, inputAfter) = (BigInteger.Zero, BigInteger.Zero, BigInteger.Zero, BigInteger.Zero);
            foreach (var line in both.GroupBy(static row => row.Line))
            {
                var q = new[] { Sum(line, 0, static row => row.ValidLatency!.Value), Sum(line, 1, static row => row.ValidLatency!.Value) };
                var x = new[] { Sum(line, 0, static row => row.Energy!.Value * 1_000L), Sum(line, 1, static row => row.Energy!.Value * 1_000L) };
                if (q.Concat(x).All(static sum => sum.Sign > 0))
                {
                    projectedAfter += HalfEven.Divide(q[1] * x[0] * 1_000_000, q[0]);
                    projectedBase += HalfEven.Divide(q[0] * x[1] * 1_000_000, q[1]);
                    inputBase += x[0];
                    inputAfter += x[1];
                }
            }

            if (inputBase.IsZero)
            {
                continue;
            }

            var paasche = report.Row("index.paasche", text);
            Assert.Equal((new ExactNumber(projectedAfter, 12), new ExactNumber(inputAfter * 1_000_000, 12)), (paasche.Numerator, paasche.Denominator));
            var laspeyres = report.Row("index.laspeyres", text);
            Assert.Equal((new ExactNumber(inputBase * 1_000_000, 12), new ExactNumber(projectedBase, 12)), (laspeyres.Numerator, laspeyres.Denominator));
            var fisher = Math.Sqrt((double)projectedAfter / (double)(inputAfter * 1_000_000) * ((double)(inputBase * 1_000_000) / (double)projectedBase));
            Assert.Equal(fisher - 1, report.Row("index", text).Value!.Value, 1e-9 * fisher);
            Assert.Equal(1 - (1 / fisher), report.Row("saved", text).Value!.Value, 1e-9 / fisher);
            Assert.Equal("2024-03-02..2024-03-05", report.Row("index", text).WindowText());

            List<WideRow> valid = [.. group.Where(static row => row.ValidLatency is not null)];
            var (sums, counts) = (new[] { Sum(valid, 0, Latency), Sum(valid, 1, Latency) }, new[] { Sum(valid, 0, static _ => 1), Sum(valid, 1, static _ => 1) });
            Assert.Equal(
                ExactRatio.ToDouble((sums[1] * counts[0]) - (counts[1] * sums[0]), counts[1] * sums[0]), report.Row("gain", text).Value);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Split_order_threads_and_merges_change_nothing()
    {
        ExportBuilder[] exports = [.. WideRow.Random(4, 300).Chunk(90).Select(static chunk => WideRow.Export(chunk, 41))];
        Laws.Hold(Query, exports);
        Laws.Hold(Query with { Window = Window.Day, GroupBy = [] }, exports);
    }

    [Fact]
    public void An_index_of_labour_is_eff_gain()
    {
        var sample = Path.Combine(Shared.Repository, "data", "sample");
        var registry = RegistryReader.Read(Path.Combine(sample, "registry"));
        var report = Reports.OfFiles(
            new IndicatorQuery
            {
                Registry = registry,
                UserDefined = UserIndicatorSet.Parse(
                    """{ "table": "production", "indicators": [ { "id": "labour", "aggregate": "fisher", "output": "q_good", "input": "labour_h" } ] }""", "test"),
                Select = ["labour", "eff_gain"],
                GroupBy = ["factory", "line"],
            },
            Path.Combine(sample, "production-0001.arrow"));
        var published = 0;
        foreach (var row in report.Rows.Where(static row => row.Indicator == "labour"))
        {
            var twin = report.Row("eff_gain.labour", Reports.GroupText(row));
            Assert.Equal((twin.Value, twin.WindowStart, twin.WindowEnd), (row.Value, row.WindowStart, row.WindowEnd));
            published += row.Value is null ? 0 : 1;
        }

        Assert.InRange(published, 5, 1_000);
    }

    [Fact]
    public void Floors_of_phases_hold()
    {
        var report = Reports.Of(Query with { Profile = DefinitionProfile.CnNrA }, WideRow.Export(WideRow.Random(4, 300), 41));
        Assert.All(report.Rows, static row => Assert.Equal("SUPPRESSED(TOO_FEW_DAYS)", row.StatusText()));
        var byGoLive = UserIndicatorSet.Parse(
            """{ "indicators": [ { "id": "gain", "aggregate": "gain", "measure": { "aggregate": "count" } } ] }""", "test");
        var unregistered = Reports.Of(Query with { UserDefined = byGoLive, Select = ["gain"], GroupBy = [] }, WideRow.Export(WideRow.Random(4, 30), 41));
        Assert.Equal("NOT_AVAILABLE(NO_REGISTRY)", unregistered.Row("gain").StatusText());
    }

    [Fact]
    public void Spans_of_the_query_replace_those_of_the_definition()
    {
        var rows = WideRow.Random(4, 300);
        var given = Query with
        {
            Baseline = (TimeBound.Parse("2024-03-02"), TimeBound.Parse("2024-03-03")),
            After = (TimeBound.Parse("2024-03-03"), TimeBound.Parse("2024-03-04")),
        };
        Assert.All(Reports.Of(given, WideRow.Export(rows, 50)).Rows.Where(static row => row.WindowStart is not null), static row => Assert.Equal("2024-03-03..2024-03-04", row.WindowText()));
    }

    private static long Latency(WideRow row) => row.ValidLatency!.Value;

    private static BigInteger Sum(IEnumerable<WideRow> rows, int phase, Func<WideRow, long> amountOf) =>
        rows.Where(row => Math.Min(1, row.Minute / 1_440) == phase).Aggregate(BigInteger.Zero, (sum, row) => sum + amountOf(row));
}
