using IndicatorCore.Columns;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>A device that moves between lines is one device: its packets are one sequence, its session is one, whatever levels are asked for.</summary>
public sealed class MovedDeviceTests
{
    private static IndicatorQuery Query(params string[] levels) => Reports.NoFloor with
    {
        Registry = Registries.Of("L1:", "L2:") with
        {
            Devices = [Registries.Device("D", "L1", to: "2024-03-02"), Registries.Device("D", "L2", from: "2024-03-02")],
        },
        Select = ["loss", "conn", "concurrency"],
        GroupBy = levels,
    };

    [Fact]
    public void A_packet_that_is_lost_between_two_lines_is_lost()
    {
        var export = ExportBuilder.Table("probe").Time("event_ts").Keys("device").Column("seq", ArrowType.Int(64)).Numbers("latency_ms");
        foreach (var (time, number) in new[] { ("2024-03-01 23:57", 1), ("2024-03-01 23:58", 2), ("2024-03-02 00:01", 4), ("2024-03-02 00:02", 5) })
        {
            export.Row(time, "D", number, 10);
        }

        Assert.Equal("1/5", Reports.Of(Query("factory"), export).Row("loss", "factory=F1").Fraction());
        var report = Reports.Of(Query("factory", "line"), export);
        Assert.Equal("1/5", report.Row("loss", "factory=F1").Fraction());
        Assert.Equal("0/2", report.Row("loss", "line=L1").Fraction());
        Assert.Equal("1/3", report.Row("loss", "line=L2").Fraction());
    }

    [Fact]
    public void A_session_told_from_two_lines_is_one_session()
    {
        var export = ExportBuilder.Table("session").Time("start_ts", "end_ts").Keys("device", "session")
            .Row("2024-03-01 23:20", "2024-03-02 00:00", "D", "S").Row("2024-03-02 00:00", "2024-03-02 00:40", "D", "S");
        Assert.Equal("1/1", Reports.Of(Query("factory"), export).Row("conn", "factory=F1").Fraction());
        foreach (var files in new[] { new[] { export }, [Part(0), Part(1)], [Part(1), Part(0)] })
        {
            var report = Reports.Of(Query("factory", "line"), files);
            Assert.Equal("1/1", report.Row("conn", "factory=F1").Fraction());
            Assert.Equal("1/1", report.Row("conn", "line=L1").Fraction());
            Assert.Equal(1, report.Row("concurrency", "factory=F1").Value);
        }

        static ExportBuilder Part(int half) => ExportBuilder.Table("session").Time("start_ts", "end_ts").Keys("device", "session")
            .Row(half == 0 ? ["2024-03-01 23:20", "2024-03-02 00:00", "D", "S"] : ["2024-03-02 00:00", "2024-03-02 00:40", "D", "S"]);
    }
}
