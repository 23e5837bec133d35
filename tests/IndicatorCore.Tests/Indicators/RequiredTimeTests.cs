using IndicatorCore.Indicators;
using IndicatorCore.Registry;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>Planned operation of the registry's calendar as required time (indicator-definitions 2.1, 3.3, 7).</summary>
public sealed class RequiredTimeTests
{
    private static readonly IndicatorRegistry s_registry = new()
    {
        Factories = [Registries.Factory("F1")],
        Lines = [Registries.Line("L1"), Registries.Line("L2")],
        Devices = [Registries.Device("A", "L1"), Registries.Device("B", "L1", from: "2024-03-01", to: "2024-03-02"), Registries.Device("C", "L2")],
    };

    private static readonly IndicatorQuery s_query = Reports.NoFloor with
    {
        Registry = s_registry,
        Select = ["link_avail"],
        GroupBy = ["line"],
        Source = SourceProfile.Parse("""{ "heartbeat_timeout": "10min", "nominal_period": "5min" }""", "test"),
        From = TimeBound.Parse("2024-03-01"),
        To = TimeBound.Parse("2024-03-03"),
    };

    private static ExportBuilder Heard => ExportBuilder.Connectivity()
        .Row("2024-03-01 07:55", "A", "nr")    // 5 minutes of 10 are planned
        .Row("2024-03-01 09:00", "A", "nr")
        .Row("2024-03-01 15:55", "A", "nr")    // 5 minutes again
        .Row("2024-03-02 12:00", "A", "nr")    // not planned for the line
        .Row("2024-03-01 09:00", "B", "nr")
        .Row("2024-03-01 23:55", "C", "nr")
        .Row("2024-03-03 00:00", "C", "nr");   // makes 3 March the reference date

    [Fact]
    public void Without_a_calendar_time_in_service_is_required()
    {
        var report = Reports.Of(s_query, Heard);
        Assert.Equal("3000/259200", report.Row("link_avail", "line=L1").Fraction());    // B is required on one day of the two
    }

    [Fact]
    public void Planned_operation_of_a_line_is_required_of_its_devices()
    {
        var registry = s_registry with { Calendar = [OfLine("L1", "2024-03-01 08:00", "2024-03-01 16:00"), OfLine("L1", "2024-03-01 12:00", "2024-03-01 16:00")] };
        var report = Laws.Hold(s_query with { Registry = registry }, Heard);

        // A 5 + 10 + 5 of 480 minutes, B 10 of 480; overlapping rows count once; nothing is planned for L2
        Assert.Equal("1800/57600", report.Row("link_avail", "line=L1").Fraction());
        Assert.Equal("600/172800", report.Row("link_avail", "line=L2").Fraction());
    }

    [Fact]
    public void What_is_planned_for_a_device_holds_before_its_line_and_only_in_service()
    {
        var registry = s_registry with
        {
            Calendar =
            [
                OfLine("L1", "2024-03-01", "2024-03-03"),
                OfDevice("A", "2024-03-02 12:00", "2024-03-02 12:05"),
                OfDevice("A", "2024-03-01T09:00:00+08:00", "2024-03-01T10:00:00+08:00"),
                OfDevice("Z", "2024-03-01", "2024-03-02"),
            ],
        };
        var report = Reports.Of(s_query with { Registry = registry }, Heard);

        // A 5 min of 5 and 10 of 60; B 10 of the day that it is in service
        Assert.Equal($"{300 + 600 + 600}/{300 + 3_600 + 86_400}", report.Row("link_avail", "line=L1").Fraction());
    }

    [Fact]
    public void A_profile_may_ask_for_time_in_service_whatever_is_planned()
    {
        var registry = s_registry with { Calendar = [OfLine("L1", "2024-03-01 08:00", "2024-03-01 16:00")] };
        var profile = DefinitionProfileReader.Parse("""{"extends": "test-no-floor", "required_time": "in_service"}""", "in-service.json");
        Assert.False(profile.UsesCalendar);
        Reports.AssertSame(
            Reports.Of(s_query with { Profile = profile }, Heard), Reports.Of(s_query with { Profile = profile, Registry = registry }, Heard));
    }

    [Fact]
    public void A_window_in_which_nothing_is_planned_has_no_required_time()
    {
        var registry = s_registry with { Calendar = [OfLine("L1", "2024-03-01 08:00", "2024-03-01 16:00")] };
        var days = Reports.Of(s_query with { Registry = registry, Window = Window.Day }, Heard).RowsOf("link_avail", "line=L1");
        Assert.Equal(["1800/57600", "/"], days.Select(Reports.Fraction));
        Assert.Equal("NOT_AVAILABLE(ZERO_DENOMINATOR)", days[1].StatusText());
    }

    [Fact]
    public void Covered_time_counts_while_operation_is_planned()
    {
        var registry = s_registry with { Calendar = [OfDevice("A", "2024-03-01 08:00", "2024-03-01 09:00")] };
        var export = ExportBuilder.Table("radio").Time("event_ts").Keys("device", "cell").Numbers("rsrp_dbm", "sinr_db")
            .Row("2024-03-01 07:55", "A", "c", -80.0, 5.0)     // holds 10 minutes, 5 of them planned
            .Row("2024-03-01 08:30", "A", "c", -80.0, 5.0)
            .Row("2024-03-01 12:00", "A", "c", -80.0, 5.0);
        var row = Reports.Of(s_query with { Registry = registry, Select = ["cov_time"] }, export).Row("cov_time", "line=L1");
        Assert.Equal("900/3600", row.Fraction());
    }

    [Fact]
    public void Lines_run_between_failures_while_operation_is_planned()
    {
        var registry = s_registry with { Calendar = [OfLine("L1", "2024-03-01 08:00", "2024-03-01 16:00"), OfLine("L1", "2024-03-02 08:00", "2024-03-02 16:00")] };
        var export = ExportBuilder.Table("downtime").Time("start_ts", "end_ts").Keys("line")
            .Row("2024-03-01 15:00", "2024-03-02 10:00", "L1")     // 1 + 2 h of 16 are planned
            .Row("2024-03-02 11:00", "2024-03-02 11:30", "L1")
            .Row("2024-03-02 20:00", "2024-03-02 21:00", "L2");
        var report = Reports.Of(s_query with { Registry = registry, Select = ["mtbf", "mttr"] }, export);
        Assert.Equal("12.5/2", report.Row("mtbf", "line=L1").Fraction());
        Assert.Equal("19.5/2", report.Row("mttr", "line=L1").Fraction());
        Assert.Equal("47/1", report.Row("mtbf", "line=L2").Fraction());
    }

    [Fact]
    public void Networking_rates_keep_to_time_in_service()
    {
        var registry = s_registry with { Calendar = [OfLine("L1", "2024-03-01 08:00", "2024-03-01 16:00")] };
        var (without, with) = (Reports.Of(s_query with { Select = ["knr"] }, Heard), Reports.Of(s_query with { Select = ["knr"], Registry = registry }, Heard));
        Reports.AssertSame(without, with);
        Assert.NotNull(with.Row("knr", "line=L1").Evidence!.Expected);
    }

    private static CalendarRecord OfLine(string line, string start, string end) => new() { Line = line, Start = Bound(start), End = Bound(end) };

    private static CalendarRecord OfDevice(string device, string start, string end) => new() { Device = device, Start = Bound(start), End = Bound(end) };

    private static CalendarBound Bound(string text) => text.Contains('+') ? new CalendarBound(DateTimeOffset.Parse(text)) : new CalendarBound(DateTime.Parse(text));
}
