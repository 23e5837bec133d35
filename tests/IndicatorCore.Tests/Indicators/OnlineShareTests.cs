using IndicatorCore.Indicators;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>Which key devices are online at the last instant of a window (indicator-definitions 2 and 2.1).</summary>
public sealed class OnlineShareTests
{
    private static IndicatorQuery Query => Reports.NoFloor with
    {
        Select = ["online_instant"],
        Registry = Registries.Of("L1: A B C", "L2: D"),
        Source = SourceProfile.Parse("""{ "table": "connectivity", "nominal_period": "20s" }""", "test"),
    };

    private static ExportBuilder[] Heartbeats =>
    [
        ExportBuilder.Table("connectivity").Time("event_ts").Keys("device").Column("online", ExportBuilder.Flag)
            .Row("2024-03-01 09:59:00", "A", true)        // holds to 10:00:00, exclusive
            .Row("2024-03-01 09:59:00.000001", "B", true)
            .Row("2024-03-01 09:59:50", "C", false)
            .Row("2024-03-01 09:59:50", "D", null),
        ExportBuilder.Table("connectivity").Time("event_ts").Keys("device").Column("online", ExportBuilder.Flag)
            .Row("2024-03-01 08:00", "A", true).Row("2024-03-01 10:00:30", "C", true).Row("2024-03-01 10:00", "D", true)
            .Row("2024-03-01 10:00:45", "X", true),
    ];

    [Theory]
    [InlineData("10:00:00", "2/4")]        // the last instant is one nanosecond before: A and B still hold
    [InlineData("10:00:00.000001", "2/4")] // D has begun, A ended
    [InlineData("10:00:31", "2/4")]        // C and D
    [InlineData("10:01:00", "2/4")]
    [InlineData("10:01:00.000001", "1/4")]
    [InlineData("09:00:00", "0/4")]
    [InlineData("08:00:30", "1/4")]
    public void A_heartbeat_holds_from_its_instant_to_its_timeout(string time, string expected)
    {
        var report = Laws.Hold(Query with { To = TimeBound.Parse($"2024-03-01T{time}+08:00") }, Heartbeats);
        Assert.Equal(expected, report.Row("online_instant").Fraction());
    }

    [Fact]
    public void Windows_by_hour_end_at_their_own_instants()
    {
        var report = Laws.Hold(Query with { Window = Window.Hour, GroupBy = ["line"] }, Heartbeats);
        Assert.Equal(["0/3", "2/3", "0/3"], report.RowsOf("online_instant", "line=L1").Select(Reports.Fraction));
        Assert.Equal("0/1", report.Row("online_instant", "line=L2", "2024-03-01 10:00").Fraction());
    }

    [Fact]
    public void A_timeout_of_the_source_wins_and_without_any_nothing_is_known()
    {
        var query = Query with { To = TimeBound.Parse("2024-03-01T10:00:31+08:00") };
        var timeout = SourceProfile.Parse("""{ "table": "connectivity", "nominal_period": "20s", "heartbeat_timeout": "30s" }""", "test");
        Assert.Equal("1/4", Reports.Of(query with { Source = timeout }, Heartbeats).Row("online_instant").Fraction());
        Assert.Equal("NOT_AVAILABLE(MISSING_COLUMN)", Reports.Of(query with { Source = null }, Heartbeats).Row("online_instant").StatusText());
    }

    [Fact]
    public async Task A_state_file_keeps_until_when_devices_are_online()
    {
        using var folder = new TemporaryFolder();
        var query = Query with { To = TimeBound.Parse("2024-03-01T10:00:31+08:00"), Registry = Query.Registry! with { Digest = "r" } };
        using var first = Reports.Engine(query, Heartbeats);
        using (var file = File.Create(folder.File("a.state")))
        {
            first.SaveState(file);
        }

        using var second = new IndicatorEngine(query);
        await second.MergeStateAsync(folder.File("a.state"));
        Reports.AssertSame(first.Finish(), second.Finish());
        Assert.Equal("2/4", second.Finish().Row("online_instant").Fraction());
        using var again = new MemoryStream();
        second.SaveState(again);
        Assert.Equal(await File.ReadAllBytesAsync(folder.File("a.state")), again.ToArray());
    }
}
