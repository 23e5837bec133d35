using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Registry;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>Windows by shift: those of each factory's table, from Arrow bytes to rows.</summary>
public sealed class ShiftWindowTests
{
    private static readonly IndicatorRegistry s_registry = new()
    {
        Factories = [Registries.Factory("F1", "P"), Registries.Factory("F2", "P"), Registries.Factory("F3", "Q")],
        Lines = [Registries.Line("L1"), Registries.Line("L2", factory: "F2"), Registries.Line("L3", factory: "F3")],
        Shifts =
        [
            Shift("F1", "day", "08:00", "20:00"), Shift("F1", "night", "20:00", "08:00"),
            Shift("F2", "early", "07:30", "15:30"), Shift("F2", "late", "15:30", "23:30"), Shift("F2", "night", "23:30", "07:30"),
        ],
    };

    private static readonly IndicatorQuery s_query = Reports.NoFloor with { Registry = s_registry, Window = Window.Shift, Select = ["energy_kwh"] };

    private static ExportBuilder Energy => ExportBuilder.Table("energy").Time("interval_start").Keys("line").Numbers("kwh")
        .Row("2024-03-01 07:59:59", "L1", 1.0)    // the night that began on 29 February
        .Row("2024-03-01 08:00:00", "L1", 10.0)
        .Row("2024-03-01 19:59:59", "L1", 100.0)
        .Row("2024-03-01 20:00:00", "L1", 1_000.0)
        .Row("2024-03-02 07:00:00", "L1", 10_000.0)
        .Row("2024-03-01 15:29:59", "L2", 2.0)
        .Row("2024-03-01 15:30:00", "L2", 20.0)
        .Row("2024-03-02 07:29:59", "L2", 200.0)
        .Row("2024-03-01 09:00:00", "L3", 5.0);

    [Fact]
    public void Windows_are_the_shifts_of_each_factory_and_a_night_belongs_to_the_day_it_begins_on()
    {
        var report = Laws.Hold(s_query with { GroupBy = ["factory"] }, Energy);
        Assert.Equal(
            [
                "night 2024-02-29 20:00:00..2024-03-01 08:00:00 1",
                "day 2024-03-01 08:00:00..2024-03-01 20:00:00 110",
                "night 2024-03-01 20:00:00..2024-03-02 08:00:00 11000",
            ],
            Texts(report, "factory=F1"));
        Assert.Equal(
            [
                "early 2024-03-01 07:30:00..2024-03-01 15:30:00 2",
                "late 2024-03-01 15:30:00..2024-03-01 23:30:00 20",
                "night 2024-03-01 23:30:00..2024-03-02 07:30:00 200",
            ],
            Texts(report, "factory=F2"));

        // no shifts of its own, and none for every factory: no window
        Assert.Empty(report.RowsOf("energy_kwh", "factory=F3"));
    }

    [Fact]
    public void Groups_above_factory_have_a_row_a_shift_by_name_and_span()
    {
        var report = Reports.Of(s_query with { GroupBy = ["park"] }, Energy);
        Assert.Equal(
            [
                "night 2024-02-29 20:00:00..2024-03-01 08:00:00 1",
                "early 2024-03-01 07:30:00..2024-03-01 15:30:00 2",
                "day 2024-03-01 08:00:00..2024-03-01 20:00:00 110",
                "late 2024-03-01 15:30:00..2024-03-01 23:30:00 20",
                "night 2024-03-01 20:00:00..2024-03-02 08:00:00 11000",
                "night 2024-03-01 23:30:00..2024-03-02 07:30:00 200",
            ],
            Texts(report, "park=P"));

        // what is called alike at the same times is one shift
        var alike = s_registry with { Shifts = [.. s_registry.Shifts.Where(static shift => shift.Factory == "F1"), Shift("F2", "day", "08:00", "20:00")] };
        Assert.Equal("day 2024-03-01 08:00:00..2024-03-01 20:00:00 132", Texts(Reports.Of(s_query with { Registry = alike }, Energy))[1]);

        // the same times by other names are two, told apart by the evidence
        var named = s_registry with { Shifts = [Shift("F1", "day", "08:00", "20:00"), Shift("F2", "白班", "08:00", "20:00")] };
        Assert.Equal(
            ["day 2024-03-01 08:00:00..2024-03-01 20:00:00 110", "白班 2024-03-01 08:00:00..2024-03-01 20:00:00 22"],
            Texts(Reports.Of(s_query with { Registry = named }, Energy)));
    }

    [Fact]
    public void Shifts_of_no_factory_are_of_all_that_have_none_of_their_own()
    {
        var registry = s_registry with { Shifts = [.. s_registry.Shifts, Shift(null, "whole", "09:00", "09:00")] };
        var report = Reports.Of(s_query with { Registry = registry, GroupBy = ["factory"], AsOf = new DateTimeOffset(2024, 3, 4, 0, 0, 0, TimeSpan.FromHours(8)) }, Energy.Row("2024-03-02 10:00:00", null, 7.0));
        string[] spans = ["whole 2024-02-29 09:00:00..2024-03-01 09:00:00 ", "whole 2024-03-01 09:00:00..2024-03-02 09:00:00 ", "whole 2024-03-02 09:00:00..2024-03-03 09:00:00 "];
        Assert.Equal([spans[0], spans[1] + 5, spans[2]], Texts(report, "factory=F3"));
        Assert.Equal([spans[0], spans[1], spans[2] + 7], Texts(report, "factory="));
        Assert.Equal("night day night day", string.Join(' ', report.RowsOf("energy_kwh", "factory=F1").Select(static row => row.Evidence("shift"))));
    }

    [Fact]
    public void Windows_are_cut_at_from_and_at_the_reference_date()
    {
        var query = s_query with { GroupBy = ["factory"], From = TimeBound.Parse("2024-03-01"), AsOf = new DateTimeOffset(2024, 3, 2, 0, 0, 0, TimeSpan.FromHours(8)) };
        var rows = Reports.Of(query, Energy).RowsOf("energy_kwh", "factory=F1");
        Assert.Equal(
            [
                "2024-03-01..2024-03-01 08:00:00 1 PARTIAL",
                "2024-03-01 08:00:00..2024-03-01 20:00:00 110 ",
                "2024-03-01 20:00:00..2024-03-02 1000 PARTIAL",
            ],
            rows.Select(static row => $"{row.WindowText()} {row.Value} {row.FlagText()}"));
    }

    [Fact]
    public void What_lies_between_shifts_is_in_no_window()
    {
        var registry = s_registry with { Shifts = [Shift(null, "short", "08:00", "08:01")] };
        Assert.Equal(["short 2024-03-01 08:00:00..2024-03-01 08:01:00 10"], Texts(Reports.Of(s_query with { Registry = registry }, Energy)));
    }

    // a law: shifts that begin and end at whole hours are the sums of these hours, in any zone, also where the clock is set
    [Theory]
    [InlineData("Asia/Shanghai")]
    [InlineData("Europe/Berlin")]
    [InlineData("America/St_Johns")]
    [InlineData("Asia/Kathmandu")]
    public void A_shift_is_the_sum_of_its_hours(string zone)
    {
        var random = new Random(11);
        var export = ExportBuilder.Table("energy").Time("interval_start").Keys("line").Numbers("kwh");
        foreach (var day in new[] { "2024-03-09", "2024-03-30", "2024-10-26", "2024-11-02" })
        {
            var start = DateTimeOffset.Parse($"{day}T00:00:00Z");
            for (var i = 0; i < 300; i++)
            {
                export.Row(start.AddMinutes(random.Next(72 * 60)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"), "L1", random.Next(1, 1_000));
            }
        }

        var registry = s_registry with { Shifts = [Shift("F1", "a", "06:00", "14:00"), Shift("F1", "b", "14:00", "22:00"), Shift("F1", "c", "22:00", "06:00")] };
        var query = s_query with { Registry = registry, TimeZone = zone };
        var shifts = Reports.Of(query, export).RowsOf("energy_kwh");
        var hours = Reports.Of(query with { Window = Window.Hour }, export).RowsOf("energy_kwh");
        Assert.True(shifts.Count > 40);
        foreach (var shift in shifts)
        {
            var inside = hours.Where(hour => hour.WindowStart >= shift.WindowStart && hour.WindowEnd <= shift.WindowEnd).ToList();
            Assert.Equal(inside.Sum(static hour => hour.Value), shift.Value ?? 0);
            Assert.Equal(inside.Sum(static hour => hour.Evidence!.Received), shift.Evidence!.Received);
        }

        Assert.Equal(hours.Sum(static hour => hour.Value), shifts.Sum(static shift => shift.Value));
    }

    [Fact]
    public void A_night_shift_is_an_hour_shorter_or_longer_where_the_clock_is_set()
    {
        var registry = s_registry with { Devices = [Registries.Device("A", "L1")], Shifts = [Shift(null, "night", "22:00", "06:00")] };
        var query = s_query with
        {
            Registry = registry,
            TimeZone = "Europe/Berlin",
            Select = ["link_avail"],
            Source = SourceProfile.Parse("""{ "heartbeat_timeout": "30min" }""", "test"),
            AsOf = DateTimeOffset.Parse("2024-12-01T00:00:00Z"),
        };
        var export = ExportBuilder.Connectivity()
            .Row("2024-03-30T21:45:00Z", "A", "nr")    // 22:45 in Berlin
            .Row("2024-03-31T03:45:00Z", "A", "nr")    // 05:45 in summer time: the shift ends at 04:00Z
            .Row("2024-10-26T20:00:00Z", "A", "nr")
            .Row("2024-10-27T04:59:59Z", "A", "nr");
        var rows = Reports.Of(query, export).RowsOf("link_avail");
        Assert.Equal("2700/25200", rows[0].Fraction());    // 30 + 15 min of 7 h
        Assert.Equal("1801/32400", rows[^1].Fraction());   // of 9 h
        Assert.All(rows.Skip(1).SkipLast(1), static row => Assert.EndsWith("/28800", row.Fraction(), StringComparison.Ordinal));
    }

    [Fact]
    public void Key_devices_count_by_shift_and_a_shift_is_one_day()
    {
        var registry = s_registry with { Devices = [Registries.Device("A", "L1"), Registries.Device("B", "L1"), Registries.Device("C", "L2")] };
        var export = ExportBuilder.Connectivity().Row("2024-03-01 21:00", "A", "nr").Row("2024-03-02 03:00", "B", "nr").Row("2024-03-02 09:00", "A", "nr").Row("2024-03-02 09:00", "C", "nr");
        var report = Laws.Hold(s_query with { Registry = registry, Select = ["knr"], GroupBy = ["factory"] }, export);
        Assert.Equal(["2/2", "1/2"], report.RowsOf("knr", "factory=F1").Select(Reports.Fraction));
        Assert.Equal(["2/2", "1/2"], report.RowsOf("knr.sustained", "factory=F1").Select(Reports.Fraction));
        Assert.Equal(
            [
                "late 2024-03-01 15:30:00..2024-03-01 23:30:00 0",
                "night 2024-03-01 23:30:00..2024-03-02 07:30:00 0",
                "early 2024-03-02 07:30:00..2024-03-02 15:30:00 1",
            ],
            Texts(report, "factory=F2", "knr"));
    }

    [Fact]
    public void Phases_are_of_whole_days_and_no_shift_holds_one()
    {
        var registry = s_registry with { Lines = [Registries.Line("L1", "2024-01-15")], Shifts = [Shift("F1", "day", "08:00", "20:00")] };
        var export = ExportBuilder.Production().Row("2024-03-01 09:00", "L1", "X", 10.0, 1.0);
        foreach (var (window, text) in new[] { (Window.Shift, "2024-03-01 08:00:00..2024-03-01 20:00:00"), (Window.Hour, "2024-03-01 09:00:00..2024-03-01 10:00:00") })
        {
            var row = Reports.Of(s_query with { Registry = registry, Window = window, Select = ["eff_gain"] }, export).Row("eff_gain");
            Assert.Equal(("NOT_AVAILABLE(NO_BASELINE)", text), (row.StatusText(), row.WindowText()));
        }
    }

    [Fact]
    public void Figures_of_definition_files_and_registry_counts_go_by_shift_too()
    {
        var own = UserIndicatorSet.Parse("""{"table": "energy", "indicators": [{"id": "rows", "aggregate": "count"}]}""", "own");
        var registry = s_registry with { Assets = [new AssetRecord { Asset = "M1", Kind = "macro", Factory = "F1" }, new AssetRecord { Asset = "M2", Kind = "macro", Factory = "F2" }] };
        var report = Laws.Hold(s_query with { Registry = registry, UserDefined = own, Select = ["rows", "bs_macro"], GroupBy = ["factory"] }, Energy);
        Assert.Equal(["night 1", "day 2", "night 2"], report.RowsOf("rows", "factory=F1").Select(static row => $"{row.Evidence("shift")} {row.Value}"));
        Assert.Equal(["night 1", "day 1", "night 1"], report.RowsOf("bs_macro", "factory=F1").Select(static row => $"{row.Evidence("shift")} {row.Value}"));
        Assert.Equal("early late night", string.Join(' ', report.RowsOf("bs_macro", "factory=F2").Select(static row => row.Evidence("shift"))));
    }

    [Fact]
    public async Task State_is_cut_where_shifts_begin_and_saved_so()
    {
        using var folder = new TemporaryFolder();
        var query = s_query with { Registry = s_registry with { Digest = "of the test" } };
        using var engine = Reports.Engine(query, Energy);
        await using (var stream = File.Create(folder.File("a.state")))
        {
            engine.SaveState(stream);
        }

        using var other = new IndicatorEngine(query);
        await other.MergeStateAsync(folder.File("a.state"));
        Reports.AssertSame(engine.Finish(), other.Finish());
    }

    [Fact]
    public void Windows_by_shift_need_shifts()
    {
        foreach (var registry in new[] { null, new IndicatorRegistry() })
        {
            var fault = Assert.Throws<ConfigurationException>(() => new IndicatorEngine(s_query with { Registry = registry }));
            Assert.Contains("there are none", fault.Problem, StringComparison.Ordinal);
            Assert.Contains("shifts", fault.Advice, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("08:00", "16:00", "15:59", "20:00", "overlap")]
    [InlineData("22:00", "06:00", "05:00", "07:00", "overlap")]
    [InlineData("22:00", "06:00", "20:00", "23:00", "overlap")]
    [InlineData("00:00", "00:00", "12:00", "13:00", "overlap")]
    [InlineData("08:00:30", "16:00", "16:00", "20:00", "whole minutes")]
    [InlineData("-01:00", "16:00", "16:00", "20:00", "no day has")]
    public void Impossible_shifts_are_refused(string start, string end, string otherStart, string otherEnd, string problem)
    {
        var registry = s_registry with { Shifts = [Shift("F1", "a", start, end), Shift("F1", "b", otherStart, otherEnd)] };
        var fault = Assert.Throws<ConfigurationException>(() => new IndicatorEngine(s_query with { Registry = registry }));
        Assert.Contains(problem, fault.Problem, StringComparison.Ordinal);
    }

    private static ShiftRecord Shift(string? factory, string name, string start, string end) =>
        new() { Factory = factory, Name = name, Start = TimeSpan.Parse(start), End = TimeSpan.Parse(end) };

    private static List<string> Texts(IndicatorReport report, string group = "", string indicator = "energy_kwh") =>
        [.. report.RowsOf(indicator, group).Select(static row => $"{row.Evidence("shift")} {row.WindowText()} {row.Value}")];
}
