using System.Globalization;
using IndicatorCore.Adapters.Csv;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>Windows, days and stamps of zones in which the clock is set, or stands off by less than an hour; and the last days.</summary>
public sealed class LocalTimeTests
{
    private static readonly IndicatorQuery s_query = Reports.NoFloor with { Select = ["energy_kwh"] };

    // each export has one row at the first and one at the last instant of the window that the case names, and one right before and after
    [Theory]
    [InlineData("Europe/Berlin", Window.Day, "2024-03-31T00:00:00+01:00", "2024-04-01T00:00:00+02:00", 23)]
    [InlineData("Europe/Berlin", Window.Day, "2024-10-27T00:00:00+02:00", "2024-10-28T00:00:00+01:00", 25)]
    [InlineData("Europe/Berlin", Window.Hour, "2024-03-31T01:00:00+01:00", "2024-03-31T03:00:00+02:00", 1)]
    [InlineData("Europe/Berlin", Window.Hour, "2024-10-27T02:00:00+02:00", "2024-10-27T02:00:00+01:00", 1)]
    [InlineData("Europe/Berlin", Window.Hour, "2024-10-27T02:00:00+01:00", "2024-10-27T03:00:00+01:00", 1)]
    [InlineData("Europe/Berlin", Window.Week, "2024-03-25T00:00:00+01:00", "2024-04-01T00:00:00+02:00", 167)]
    [InlineData("Europe/Berlin", Window.Month, "2024-10-01T00:00:00+02:00", "2024-11-01T00:00:00+01:00", 745)]
    [InlineData("Europe/Berlin", Window.Quarter, "2024-01-01T00:00:00+01:00", "2024-04-01T00:00:00+02:00", 2183)]
    [InlineData("Europe/Berlin", Window.Year, "2024-01-01T00:00:00+01:00", "2025-01-01T00:00:00+01:00", 8784)]
    [InlineData("America/St_Johns", Window.Day, "2024-03-10T00:00:00-03:30", "2024-03-11T00:00:00-02:30", 23)]
    [InlineData("America/St_Johns", Window.Day, "2024-11-03T00:00:00-02:30", "2024-11-04T00:00:00-03:30", 25)]
    [InlineData("America/St_Johns", Window.Hour, "2024-11-03T01:00:00-02:30", "2024-11-03T01:00:00-03:30", 1)]
    [InlineData("America/St_Johns", Window.Week, "2024-10-28T00:00:00-02:30", "2024-11-04T00:00:00-03:30", 169)]
    [InlineData("America/St_Johns", Window.Month, "2024-03-01T00:00:00-03:30", "2024-04-01T00:00:00-02:30", 743)]
    [InlineData("America/St_Johns", Window.Quarter, "2024-10-01T00:00:00-02:30", "2025-01-01T00:00:00-03:30", 2209)]
    [InlineData("America/St_Johns", Window.Year, "2024-01-01T00:00:00-03:30", "2025-01-01T00:00:00-03:30", 8784)]
    [InlineData("Asia/Kathmandu", Window.Hour, "2024-03-01T08:00:00+05:45", "2024-03-01T09:00:00+05:45", 1)]
    [InlineData("Asia/Kathmandu", Window.Day, "2024-03-01T00:00:00+05:45", "2024-03-02T00:00:00+05:45", 24)]
    [InlineData("Asia/Kathmandu", Window.Week, "2024-03-04T00:00:00+05:45", "2024-03-11T00:00:00+05:45", 168)]
    [InlineData("Asia/Kathmandu", Window.Month, "2024-02-01T00:00:00+05:45", "2024-03-01T00:00:00+05:45", 696)]
    [InlineData("Asia/Kathmandu", Window.Quarter, "2024-04-01T00:00:00+05:45", "2024-07-01T00:00:00+05:45", 2184)]
    [InlineData("Asia/Kathmandu", Window.Year, "2023-01-01T00:00:00+05:45", "2024-01-01T00:00:00+05:45", 8760)]
    public void A_window_holds_what_its_clock_shows(string zone, Window window, string start, string end, int hours)
    {
        var (from, to) = (DateTimeOffset.Parse(start), DateTimeOffset.Parse(end));
        Assert.Equal(hours, (to - from).TotalHours);
        var export = ExportBuilder.Energy().Row(Text(from.AddSeconds(-1)), 1.0).Row(Text(from), 10.0).Row(Text(to.AddSeconds(-1)), 100.0).Row(Text(to), 1_000.0);
        var query = s_query with { Window = window, TimeZone = zone, AsOf = to.AddYears(2) };
        var row = Reports.Of(query, export).RowsOf("energy_kwh").Single(row => row.WindowStart == Nanoseconds(from));
        Assert.Equal((Nanoseconds(to), 110.0, string.Empty), (row.WindowEnd, row.Value, row.FlagText()));
    }

    // the required time of a day is what the day has, and the reference date is a local midnight
    [Theory]
    [InlineData("Europe/Berlin", "2024-03-31", 23)]
    [InlineData("Europe/Berlin", "2024-10-27", 25)]
    [InlineData("America/St_Johns", "2024-03-10", 23)]
    [InlineData("America/St_Johns", "2024-11-03", 25)]
    [InlineData("Asia/Kathmandu", "2024-03-10", 24)]
    [InlineData("Australia/Lord_Howe", "2024-04-07", 24.5)]
    [InlineData("America/Sao_Paulo", "2017-10-15", 23)]    // its midnight was left out
    public void A_day_has_the_hours_that_it_has(string zone, string day, double hours)
    {
        var query = Reports.NoFloor with
        {
            Select = ["link_avail"],
            Source = SourceProfile.Parse("""{ "heartbeat_timeout": "40h" }""", "test"),
            TimeZone = zone,
            Window = Window.Day,
            From = TimeBound.Parse(day),
            To = new TimeBound(DateOnly.Parse(day).AddDays(1)),
            AsOf = DateTimeOffset.Parse(day).AddDays(9),
        };
        var before = DateTimeOffset.Parse(day + "T00:00:00Z").AddHours(-14);
        var row = Reports.Of(query, ExportBuilder.Connectivity().Row(Text(before), "A", "nr").Row(Text(before.AddHours(26)), "A", "nr")).Row("link_avail");
        var seconds = hours * 3_600;
        Assert.Equal(($"{seconds}/{seconds}", string.Empty), (row.Fraction(), row.FlagText()));
    }

    // before 2011 the clock of Newfoundland went back a minute after midnight: the evening is told twice, the second time in the next day
    [Fact]
    public void Days_follow_one_another_where_the_clock_is_set_back_over_midnight()
    {
        var midnight = DateTimeOffset.Parse("2010-11-07T02:30:00Z");
        var export = ExportBuilder.Energy();
        foreach (var (minutes, kwh) in new[] { (30, 10.0), (-1, 1.0), (0, 100.0), (59, 1_000.0), (90, 10_000.0) })
        {
            export.Row(Text(midnight.AddMinutes(minutes)), kwh);
        }

        var rows = Reports.Of(s_query with { Window = Window.Day, TimeZone = "America/St_Johns" }, export).RowsOf("energy_kwh");
        Assert.Equal([1.0, 11_110.0], rows.Select(static row => row.Value));
        Assert.Equal(Nanoseconds(midnight), rows[1].WindowStart);
    }

    [Theory]
    [InlineData("Asia/Shanghai", 3, "2024-03-02", "2024-03-05")]
    [InlineData("Asia/Shanghai", 1, "2024-03-04", "2024-03-05")]
    [InlineData("Asia/Shanghai", 900, "2021-09-17", "2024-03-05")]
    public void The_last_days_are_those_before_the_reference_date(string zone, int days, string from, string to)
    {
        var export = ExportBuilder.Energy();
        for (var hour = 0; hour < 10 * 24; hour++)
        {
            export.Row(Text(DateTimeOffset.Parse("2024-02-24T00:30:00+08:00").AddHours(hour)), 1.0 + hour);
        }

        // 4 March 23:30 is the last event
        var query = s_query with { TimeZone = zone };
        var last = Laws.Hold(query with { Last = days }, export);
        Assert.Equal($"{from}..{to}", last.Row("energy_kwh").WindowText());
        Reports.AssertSame(Reports.Of(query with { From = TimeBound.Parse(from) }, export), last);
        foreach (var window in new[] { Window.Default, Window.Hour, Window.Day, Window.Week, Window.Month, Window.Year })
        {
            Reports.AssertSame(
                Reports.Of(query with { Window = window, From = TimeBound.Parse(from) }, export), Reports.Of(query with { Window = window, Last = days }, export));
        }
    }

    [Fact]
    public void The_last_days_before_an_as_of_and_of_days_that_are_no_24_hours()
    {
        var export = ExportBuilder.Energy().Row("2024-03-29T22:59:59Z", 1.0).Row("2024-03-29T23:00:00Z", 10.0).Row("2024-03-31T21:59:59Z", 100.0).Row("2024-03-31T22:00:00Z", 1_000.0);
        var query = s_query with { TimeZone = "Europe/Berlin", Last = 2, AsOf = DateTimeOffset.Parse("2024-04-01T10:00:00+02:00") };
        var row = Reports.Of(query, export).Row("energy_kwh");
        Assert.Equal((110.0, Nanoseconds(DateTimeOffset.Parse("2024-03-30T00:00:00+01:00")), Nanoseconds(DateTimeOffset.Parse("2024-04-01T00:00:00+02:00"))), (row.Value, row.WindowStart, row.WindowEnd));
        Assert.Equal("PARTIAL", Reports.Of(query with { Window = Window.Month }, export).RowsOf("energy_kwh")[0].FlagText());
    }

    [Fact]
    public void The_last_days_override_default_windows_also_those_of_the_registry()
    {
        var registry = Registries.Of("L1: A");
        var export = ExportBuilder.Connectivity().Row("2024-03-01 08:00", "A", "nr").Row("2024-03-04 08:00", "B", "nr");
        var query = Reports.NoFloor with { Window = Window.Default, Registry = registry, Select = ["knr", "bs_macro"] };
        Assert.Equal("1/1", Reports.Of(query, export).Row("knr").Fraction());
        var last = Reports.Of(query with { Last = 2, Registry = registry with { Assets = [new() { Asset = "M", Kind = "macro" }] } }, export);
        Assert.Equal(("0/1", "2024-03-03..2024-03-05"), (last.Row("knr").Fraction(), last.Row("knr").WindowText()));
        Assert.Equal("2024-03-03..2024-03-05", last.Row("bs_macro").WindowText());
    }

    [Fact]
    public void The_last_days_go_with_neither_end()
    {
        foreach (var query in new[] { s_query with { From = TimeBound.Parse("2024-03-01") }, s_query with { To = TimeBound.Parse("2024-03-01") } })
        {
            Assert.Contains("--last", Assert.Throws<ConfigurationException>(() => new IndicatorEngine(query with { Last = 1 })).Problem, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => s_query with { Last = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => s_query with { Last = IndicatorQuery.MaxLast + 1 });
    }

    [Theory]
    [InlineData("2024-03-01T08:00:00+08:00", "2024-03-02T08:00:00+08:00", 110)]
    [InlineData("2024-03-01T08:00:00.0000001+08:00", null, 1_100)]
    [InlineData("2024-03-01T08:00:01+08:00", "2024-03-02T08:00:01+08:00", 1_100)]
    [InlineData("2024-03-01", "2024-03-02T08:00:00+08:00", 111)]
    [InlineData(null, "2024-03-02", 11)]
    public void Any_bounds_are_held_to_the_instant(string? from, string? to, int kwh)
    {
        var export = ExportBuilder.Energy().Row("2024-03-01 07:59:59", 1.0).Row("2024-03-01 08:00:00", 10.0).Row("2024-03-02 07:59:59", 100.0).Row("2024-03-02 08:00:00", 1_000.0);
        foreach (var window in new[] { Window.Default, Window.All, Window.Hour, Window.Day, Window.Week, Window.Month, Window.Quarter, Window.Year })
        {
            var query = s_query with { Window = window, From = Bound(from), To = Bound(to) };
            var rows = Laws.Hold(query, export).RowsOf("energy_kwh");
            Assert.Equal(kwh, rows.Sum(static row => row.Value ?? 0));
        }
    }

    // 00:00 closes a day in some sources; each stamp is told where it belongs, and the windows show it
    [Theory]
    [InlineData("start", "next_day", "2018-01-01=111 2018-01-02=1000")]
    [InlineData("end", "next_day", "2017-12-31=10 2018-01-01=1101")]
    [InlineData("end", "labelled_day", "2018-01-01=111 2018-01-02=1000")]
    [InlineData("start", "labelled_day", "2018-01-01=101 2018-01-02=10 2018-01-03=1000")]
    public void Stamps_are_starts_or_ends_and_midnight_is_of_the_day_it_names_or_of_the_next(string stamp, string midnight, string days)
    {
        using var folder = new TemporaryFolder();
        folder.Write("energy.csv", "t,kwh\n01/01/2018 00:15,1\n01/01/2018 00:00,10\n01/01/2018 23:45,100\n02/01/2018 00:00,1000\n");
        var settings = $$"""
            "table": "energy", "zone": "Asia/Seoul", "stamp": "{{stamp}}", "interval": "15min", "midnight_stamp": "{{midnight}}"
            """;
        var columns = """ "columns": { "interval_start": { "from": "t", "format": "dd/MM/yyyy HH:mm" } } """;
        CsvImporter.Import([folder.File("energy.csv")], folder.File("energy.arrow"), SourceProfile.Parse($"{{ {settings}, {columns} }}", "steel"), new CsvImportOptions());
        var query = s_query with { Window = Window.Day, TimeZone = "Asia/Seoul", AsOf = DateTimeOffset.Parse("2018-02-01T00:00:00+09:00") };
        Assert.Equal(days, Days(Reports.OfFiles(query, folder.File("energy.arrow"))));

        // the same from Arrow's own stamps without zone
        var export = ExportBuilder.Table("energy").Column("interval_start", ArrowType.Timestamp(TimeUnit.Second, null)).Numbers("kwh")
            .Row("2018-01-01 00:15", 1.0).Row("2018-01-01 00:00", 10.0).Row("2018-01-01 23:45", 100.0).Row("2018-01-02 00:00", 1_000.0);
        Assert.Equal(days, Days(Laws.Hold(query with { Source = SourceProfile.Parse($"{{ {settings} }}", "steel") }, export)));
    }

    private static string Days(IndicatorReport report) => string.Join(' ', report.RowsOf("energy_kwh").Where(static row => row.Value is not null)
        .Select(static row => $"{DateTime.UnixEpoch.AddTicks(row.WindowStart!.Value / 100).AddHours(9):yyyy-MM-dd}={row.Value}"));

    private static TimeBound? Bound(string? text) => text is null ? null : TimeBound.Parse(text);

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static long Nanoseconds(DateTimeOffset instant) => (instant.UtcTicks - DateTime.UnixEpoch.Ticks) * 100;
}
