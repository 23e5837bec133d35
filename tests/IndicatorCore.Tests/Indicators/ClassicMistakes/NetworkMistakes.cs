using IndicatorCore.Columns;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.ClassicMistakes;

/// <summary>Classic mistakes with packets and counters, by the numbers of indicator-definitions 11.</summary>
public sealed class NetworkMistakes
{
    [Fact]
    public void Mistake_14_a_nan_is_missing_and_poisons_nothing()
    {
        var packets = ExportBuilder.Table("probe").Time("event_ts").Numbers("latency_ms");
        foreach (var value in new[] { double.NaN, 3, 1, double.NaN, 2, double.NaN })
        {
            packets.Row("2024-03-01 08:00", value);
        }

        var report = Reports.Of(Reports.NoFloor with { Select = ["lat_p50", "lat_p99", "energy_kwh", "cov_sample", "rsrp_p5"] },
            packets,
            ExportBuilder.Energy().Row("2024-03-01 08:00", double.NaN).Row("2024-03-01 09:00", 2),
            ExportBuilder.Radio().Row("2024-03-01 08:00", "c", "NR", double.NaN, 5).Row("2024-03-01 08:01", "c", "NR", -90, 5));
        Assert.Equal((2, 3, 3), (report.Row("lat_p50").Value, report.Row("lat_p99").Value, report.Row("lat_p50").Evidence!.Missing));
        Assert.Equal((2, 1), (report.Row("energy_kwh").Value, report.Row("energy_kwh").Evidence!.Missing));
        Assert.Equal(("1/1", 1), (report.Row("cov_sample").Fraction(), report.Row("cov_sample").Evidence!.Missing));
        Assert.Equal(-90, report.Row("rsrp_p5").Value);
    }

    [Fact]
    public void Mistake_16_lost_packets_are_late_for_ever()
    {
        var export = ExportBuilder.Table("probe").Time("event_ts").Numbers("latency_ms", "deadline_ms");
        for (var i = 1; i <= 100; i++)
        {
            export.Row("2024-03-01 08:00", i > 98 ? null : i, 20);
        }

        var report = Reports.Of(Reports.NoFloor with { Select = ["lat_p50", "lat_p99", "reliability"] }, export);
        Assert.Equal((50, 49), (report.Row("lat_p50").Value, report.Row("lat_p50_rx").Value));
        Assert.Equal(("NOT_AVAILABLE(LOSS_EXCEEDS_TAIL)", 98.0), (report.Row("lat_p99").StatusText(), report.Row("lat_p99_rx").Value));
        Assert.Equal("20/100", report.Row("reliability").Fraction());
    }

    [Fact]
    public void Mistake_17_a_counter_that_goes_back_has_wrapped_or_was_reset()
    {
        var reset = Rate((0, 1_000), (10, 126_000), (20, 500), (30, 125_500));
        Assert.Equal(("2000000/20", 100_000.0, 1.0), reset);
        Assert.Equal(("8000/10", 800.0, 0.0), Rate((0, 4_294_967_000), (10, 704)));

        static (string Fraction, double Value, double Resets) Rate(params (int Second, long Bytes)[] readings)
        {
            var export = ExportBuilder.Table("counter").Time("event_ts").Keys("object").Column("bytes", ArrowType.Int(64)).Column("counter_bits", ArrowType.Int(16))
                .Numbers("link_capacity_bps");
            foreach (var (second, bytes) in readings)
            {
                export.Row($"2024-03-01 08:00:{second:D2}", "g", bytes, 32, 1e6);
            }

            var report = Reports.Of(Reports.NoFloor with { Select = ["thr"] }, export);
            return (report.Row("thr").Fraction(), report.Row("thr").Value!.Value, report.Row("thr.resets").Value!.Value);
        }
    }
}
