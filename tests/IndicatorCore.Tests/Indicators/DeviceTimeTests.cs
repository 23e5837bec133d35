using System.Globalization;
using IndicatorCore.Indicators;
using IndicatorCore.Registry;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>Availability and coverage by time, from Arrow bytes to rows (indicator-definitions 2.1 and 3.3).</summary>
public sealed class DeviceTimeTests
{
    private static readonly SourceProfile s_minute = SourceProfile.Parse("""{ "heartbeat_timeout": "60s" }""", "test");
    private static readonly IndicatorQuery s_availability = Reports.NoFloor with { Select = ["link_avail"], Source = s_minute };

    private static (TimeBound From, TimeBound To) First300 => (TimeBound.Parse(Instant(0)), TimeBound.Parse(Instant(300)));

    [Fact]
    public void W2_the_union_of_intervals_counts_in_the_window()
    {
        var query = s_availability with { From = First300.From, To = First300.To };
        Assert.Equal(("210/300", 0.7), Of(query, Heard("A", 0, 30, 60, 200, 230)));

        // online from 50 to 150, and two devices pooled: 210 + 100 of 600
        Assert.Equal("310/600", Of(query, Heard("A", 0, 30, 60, 200, 230), Heard("B", 50, 90)).Fraction);
    }

    /// <summary>The example with a day for every 100 s, since required time is of whole days: B is in service on the first of three.</summary>
    [Fact]
    public void W2_online_time_counts_where_it_is_required_and_is_pooled()
    {
        var registry = Registries.Of("L1:") with { Devices = [Registries.Device("A", "L1"), Registries.Device("B", "L1", to: "2024-03-02")] };
        var query = Reports.NoFloor with
        {
            Registry = registry,
            Select = ["link_avail"],
            Source = SourceProfile.Parse("""{ "heartbeat_timeout": "51840s" }""", "test"),
            From = TimeBound.Parse("2024-03-01"),
            To = TimeBound.Parse("2024-03-04"),
            GroupBy = ["device", "factory"],
        };
        var export = ExportBuilder.Connectivity();
        foreach (var (device, second) in new[] { ("A", 0), ("A", 30), ("A", 60), ("A", 200), ("A", 230), ("B", 50), ("B", 90) })
        {
            export.Row(new DateTime(2024, 3, 1).AddSeconds(second * 864).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), device, "nr");
        }

        var report = Laws.Hold(query, export);
        Assert.Equal((0.7, 0.5), (report.Row("link_avail", "device=A").Value, report.Row("link_avail", "device=B").Value));
        var both = report.Row("link_avail", "factory=F1");
        Assert.Equal(($"{260 * 864}/{400 * 864}", 0.65), (both.Fraction(), both.Value));
    }

    [Fact]
    public void W2b_chunks_merge_whatever_their_order_and_windows_share_an_interval()
    {
        var (first, second) = (Heard("A", 0, 30, 60, 140), Heard("A", 200, 230));
        var whole = s_availability with { From = First300.From, To = First300.To };
        Assert.Equal("270/300", Of(whole, first, second).Fraction);
        Assert.Equal("270/300", Of(whole, second, first).Fraction);
        Assert.Equal("130/150", Of(whole with { To = TimeBound.Parse(Instant(150)) }, second, first).Fraction);
        Assert.Equal("140/150", Of(whole with { From = TimeBound.Parse(Instant(150)) }, second, first).Fraction);

        using var left = Reports.Engine(whole, second);
        using var right = Reports.Engine(whole, first);
        left.Merge(right);
        Assert.Equal("270/300", left.Finish().Row("link_avail").Fraction());
    }

    [Fact]
    public void An_interval_reaches_over_midnight_into_the_next_window()
    {
        var export = ExportBuilder.Connectivity().Row("2024-03-01 23:59:30", "A", "nr").Row("2024-03-02 12:00:00", "A", "nr");
        var days = Reports.Of(s_availability with { Window = Window.Day }, export).RowsOf("link_avail");
        Assert.Equal(["30/86400", "90/86400"], days.Select(Reports.Fraction));
        var hours = Reports.Of(s_availability with { Window = Window.Hour }, export).RowsOf("link_avail");
        Assert.Equal(["30/3600", "30/3600", "0/3600"], hours.Take(3).Select(Reports.Fraction));
        Assert.Equal("60/3600", hours[^1].Fraction());
    }

    [Fact]
    public void Required_time_is_in_service_time_of_devices_that_were_heard_or_are_key()
    {
        var registry = new IndicatorRegistry
        {
            Factories = [Registries.Factory("F1")],
            Lines = [Registries.Line("L1"), Registries.Line("L2")],
            Devices =
            [
                Registries.Device("A", "L1", from: "2024-03-02"),
                Registries.Device("B", "L2"),
                Registries.Device("C", "L2", isKey: false),
                Registries.Device("D", "L1", isKey: false),
                Registries.Device("E", "L1", to: "2024-03-02"),
            ],
        };
        var export = ExportBuilder.Connectivity().Row("2024-03-01 23:59:30", "A", "nr").Row("2024-03-02 12:00:00", "A", "nr")
            .Row("2024-03-02 13:00:00", "C", "nr").Row("2024-03-02 13:00:00", "X", "nr");
        var report = Reports.Of(s_availability with { Registry = registry, GroupBy = ["line", "factory"] }, export);

        // A from its first day in service on; B was never heard and is key, C was heard and is not; D is neither, E is out of
        // service at the end, X is not in the registry
        Assert.Equal("90/86400", report.Row("link_avail", "line=L1").Fraction());
        Assert.Equal("60/345600", report.Row("link_avail", "line=L2").Fraction());
        Assert.Equal("150/432000", report.Row("link_avail", "factory=F1").Fraction());
        var unregistered = report.Row("link_avail", "line=");
        Assert.Equal(("NOT_AVAILABLE(ZERO_DENOMINATOR)", "UNREGISTERED_DEVICES"), (unregistered.StatusText(), unregistered.FlagText()));
    }

    [Fact]
    public void A_device_counts_once_where_it_was_last_heard()
    {
        var export = ExportBuilder.Table("connectivity").Time("event_ts").Keys("device", "line")
            .Row("2024-03-01 08:00:00", "A", "L1").Row("2024-03-01 08:00:30", "A", "L2").Row("2024-03-02 08:00:00", "A", "L1");
        var days = Reports.Of(s_availability with { Window = Window.Day, GroupBy = ["line"] }, export);
        Assert.Equal(["/", "60/86400"], days.RowsOf("link_avail", "line=L1").Select(Reports.Fraction));
        Assert.Equal(["90/86400", "/"], days.RowsOf("link_avail", "line=L2").Select(Reports.Fraction));
    }

    [Fact]
    public void Offline_rows_are_no_heartbeats_and_rows_have_their_classes()
    {
        var export = ExportBuilder.Table("connectivity").Time("event_ts").Keys("device").Column("online", ExportBuilder.Flag)
            .Row(Text(0), "A", true).Row(Text(30), "A", false).Row(Text(40), "A", null).Row(Text(50), null, true);
        var row = Reports.Of(s_availability with { From = First300.From, To = First300.To }, export).Row("link_avail");
        Assert.Equal(("60/300", 4, 2, 2), (row.Fraction(), row.Evidence!.Received, row.Evidence.Valid, row.Evidence.Missing));
    }

    [Fact]
    public void The_timeout_is_three_nominal_periods_and_without_either_there_is_no_figure()
    {
        var source = SourceProfile.Parse("""{ "nominal_period": "20s" }""", "test");
        Assert.Equal("60/300", Of(s_availability with { Source = source, From = First300.From, To = First300.To }, Heard("A", 0)).Fraction);
        var none = Reports.Of(s_availability with { Source = null }, Heard("A", 0)).Row("link_avail");
        Assert.Equal("NOT_AVAILABLE(NO_DATA)", none.StatusText());
    }

    [Fact]
    public void A_sample_covers_until_the_next_and_at_most_two_periods()
    {
        var query = Reports.NoFloor with
        {
            Select = ["cov_time"],
            Source = SourceProfile.Parse("""{ "nominal_period": "10s" }""", "test"),
            From = First300.From,
            To = First300.To,
        };
        var export = ExportBuilder.Table("radio").Time("event_ts").Keys("device", "cell").Numbers("rsrp_dbm", "sinr_db")
            .Row(Text(0), "A", "c", -80.0, 5.0)      // covers 0 to 10
            .Row(Text(10), "A", "c", -120.0, 5.0)    // weak
            .Row(Text(20), "A", "c", -80.0, 5.0)     // covers 20 to 30
            .Row(Text(25), "A", "c", -80.0, null)    // missing: as if it were not there
            .Row(Text(30), "A", null, -80.0, 5.0)    // unserved
            .Row(Text(100), "A", "c", -80.0, 5.0)    // covers 100 to 120
            .Row(Text(290), "A", "c", -80.0, 5.0)    // covers 290 to 300: the window ends
            .Row(Text(50), "B", "c", -80.0, 5.0);    // covers 50 to 70
        var row = Reports.Of(query, export).Row("cov_time");
        Assert.Equal(("70/600", 70.0 / 600), (row.Fraction(), row.Value));
        Assert.Equal((8, 6, 1, 1), (row.Evidence!.Received, row.Evidence.Valid, row.Evidence.Missing, row.Evidence.Unserved));
        var strict = Reports.Of(query with { Profile = DefinitionProfile.CnNrA }, export).Row("cov_time");
        Assert.Equal("SUPPRESSED(TOO_FEW_SAMPLES)", strict.StatusText());
        Assert.Equal("NOT_AVAILABLE(NO_DATA)", Reports.Of(query with { Source = null }, export).Row("cov_time").StatusText());
    }

    private static (string Fraction, double? Value) Of(IndicatorQuery query, params ExportBuilder[] exports)
    {
        var row = Reports.Of(query, exports).Row("link_avail");
        return (row.Fraction(), row.Value);
    }

    private static ExportBuilder Heard(string device, params int[] seconds)
    {
        var export = ExportBuilder.Connectivity();
        foreach (var second in seconds)
        {
            export.Row(Text(second), device, "nr");
        }

        return export;
    }

    private static string Text(int second) => new DateTime(2024, 3, 1, 8, 0, 0).AddSeconds(second).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Instant(int second) => Text(second).Replace(' ', 'T') + "+08:00";
}
