using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.UserDefined;

/// <summary>State of definition files that were read by earlier versions of the program.</summary>
public sealed class UserStateFileTests
{
    // written before there were ratios, means, index forms and combinations
    private const string Definitions = """
        {
          "measures": { "latency_ms": { "scale": "1e-3", "range": [0, 30], "sentinels": [7.5] } },
          "indicators": [
            { "id": "rows", "aggregate": "count" },
            { "id": "share", "aggregate": "share", "where": { "online": true }, "of": { "is_key": true } },
            { "id": "energy", "aggregate": "sum", "column": "energy_kwh", "where": { "is_key": true } },
            { "id": "least", "aggregate": "min", "column": "energy_kwh", "where": { "online": true } },
            { "id": "most", "aggregate": "max", "column": "latency_ms" },
            { "id": "devices", "aggregate": "distinct", "column": "device", "where": { "online": true } },
            { "id": "p90", "aggregate": "quantile", "q": 0.9, "column": "latency_ms" },
          ],
        }
        """;

    private static readonly string s_kept = Path.Combine(Shared.Repository, "tests", "IndicatorCore.Tests", "Indicators", "UserDefined", "aggregates.state");

    private static IndicatorQuery Query { get; } = Reports.NoFloor with
    {
        UserDefined = UserIndicatorSet.Parse(Definitions, "test"),
        Select = ["rows", "share", "energy", "least", "most", "devices", "p90"],
        GroupBy = ["line"],
        Window = Window.Day,
    };

    [Fact]
    public async Task State_of_earlier_versions_is_read_and_kept()
    {
        using var engine = new IndicatorEngine(Query);
        await engine.MergeStateAsync(s_kept);
        Reports.AssertSame(Reports.Of(Query, WideRow.Export(WideRow.Random(7, 120), 40)), engine.Finish());
        using var stream = new MemoryStream();
        engine.SaveState(stream);

        // under the header of today, and then no byte changes any more
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("today.state"), stream.ToArray());
        using var again = new IndicatorEngine(Query);
        await again.MergeStateAsync(folder.File("today.state"));
        Reports.AssertSame(engine.Finish(), again.Finish());
        using var rewritten = new MemoryStream();
        again.SaveState(rewritten);
        Assert.Equal(stream.ToArray(), rewritten.ToArray());
    }
}
