using IndicatorCore.Aggregation;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Aggregation;

public class PaneClockTests
{
    private const long Year = 365 * ReportingClock.Day;
    private static readonly TimeSpan[] s_borders = [TimeSpan.FromMinutes(90), TimeSpan.FromHours(2), TimeSpan.FromHours(7.5), TimeSpan.FromHours(23.5)];

    [Theory]
    [InlineData("Asia/Shanghai")]
    [InlineData("Asia/Kathmandu")]      // +05:45
    [InlineData("America/New_York")]    // days of 23 and 25 hours
    [InlineData("America/St_Johns")]
    [InlineData("Australia/Lord_Howe")]
    public void Every_instant_lies_in_the_span_of_its_pane(string name)
    {
        Assert.True(ReportingClock.TryFindZone(name, out var zone));
        var clock = new ReportingClock(zone);
        long[] cuts = [(53 * Year) + 1, 54 * Year, clock.StartOf(clock.DayOf(54 * Year) + 40)];
        foreach (var grain in Enum.GetValues<PaneGrain>())
        {
            var panes = new PaneClock(clock, grain, cuts, s_borders);
            for (var instant = 53 * Year - 7; instant < 55 * Year; instant += 3 * ReportingClock.Hour + 12_345_678_901)
            {
                foreach (var at in new[] { instant, clock.StartOf(clock.DayOf(instant)), cuts[0], cuts[1] - 1, cuts[2] })
                {
                    var pane = panes.PaneOf(at);
                    var (start, end) = panes.SpanOf(pane);
                    Assert.InRange(at, start, end - 1);
                    Assert.True(grain == PaneGrain.Whole || panes.DayOf(pane) == clock.DayOf(at));
                    Assert.DoesNotContain(cuts, cut => cut > start && cut < end);
                }
            }
        }
    }

    [Theory]
    [InlineData("UTC", 0)]
    [InlineData("Asia/Shanghai", 0)]
    [InlineData("Asia/Kathmandu", 0)]       // +05:45
    [InlineData("America/New_York", 0)]     // days of 23 and 25 hours
    [InlineData("Australia/Lord_Howe", 0)]  // the clock is set by half an hour
    [InlineData("Asia/Shanghai", 1)]        // a cut inside a quarter of an hour: one by one
    public void Panes_of_many_instants_are_those_of_each(string name, long cut)
    {
        Assert.True(ReportingClock.TryFindZone(name, out var zone));
        var clock = new ReportingClock(zone);
        long[] cuts = [(54 * Year) + cut];
        var random = new Random(7);
        foreach (var grain in new[] { PaneGrain.Day, PaneGrain.Hour, PaneGrain.Shift })
        {
            var many = new PaneClock(clock, grain, cuts, s_borders);
            var one = new PaneClock(clock, grain, cuts, s_borders);
            var answered = 0;
            for (var round = 0; round < 60; round++)
            {
                // from minutes to a year, wandering to and fro, so that the table grows both ways
                var span = (long)Math.Pow(10, 10 + (random.NextDouble() * 6.4));
                var start = (54 * Year) + random.NextInt64(-Year, Year);
                var instants = Enumerable.Range(0, random.Next(1, 70)).Select(_ => start + random.NextInt64(span)).ToArray();
                var panes = new int[instants.Length];
                if (many.PanesOf(instants, instants.Min(), instants.Max(), panes))
                {
                    answered++;
                    Assert.Equal(instants.Select(one.PaneOf), panes);
                }
            }

            Assert.True(cut == 0 ? answered > 40 : answered < 60, $"{answered} of 60 at once");
        }
    }

    [Theory]
    [InlineData("Europe/Berlin", "2024-03-31", "00:00 01:30 03:00 07:30 23:30")]    // 02:00 is left out: the shift begins when the gap ends
    [InlineData("Europe/Berlin", "2024-10-27", "00:00 01:30 02:00 07:30 23:30")]    // 02:00 comes twice: the first time counts
    [InlineData("America/Sao_Paulo", "2017-10-15", "01:00 01:30 02:00 07:30 23:30")]
    public void Parts_of_a_day_begin_where_a_clock_first_shows_their_time(string name, string date, string starts)
    {
        Assert.True(ReportingClock.TryFindZone(name, out var zone));
        var clock = new ReportingClock(zone);
        var panes = new PaneClock(clock, PaneGrain.Shift, [], s_borders);
        var day = ReportingClock.NumberOf(DateOnly.Parse(date));
        var seen = new List<(long Start, long End)>();
        for (var at = clock.StartOf(day); at < clock.StartOf(day + 1); at += ReportingClock.Hour / 4)
        {
            var span = panes.SpanOf(panes.PaneOf(at));
            Assert.InRange(at, span.Start, span.End - 1);
            if (seen.Count == 0 || seen[^1] != span)
            {
                seen.Add(span);
            }
        }

        Assert.Equal(starts, string.Join(' ', seen.Select(span => TimeZoneInfo.ConvertTime(DateTimeOffset.UnixEpoch.AddTicks(span.Start / 100), zone).ToString("HH:mm"))));
        Assert.Equal(seen.Skip(1).Select(static span => span.Start).Append(clock.StartOf(day + 1)), seen.Select(static span => span.End));
    }

    // before 2011 the clock of Newfoundland was set back a minute after midnight, and told the evening twice
    [Fact]
    public void The_day_of_an_instant_has_begun_and_not_ended_also_where_the_evening_is_told_twice()
    {
        Assert.True(ReportingClock.TryFindZone("America/St_Johns", out var zone));
        var clock = new ReportingClock(zone);
        var midnight = ReportingClock.Nanoseconds(new DateTimeOffset(2010, 11, 7, 2, 30, 0, TimeSpan.Zero));
        var shown = TimeZoneInfo.ConvertTime(new DateTimeOffset(2010, 11, 7, 3, 0, 0, TimeSpan.Zero), zone);
        Assert.Equal("2010-11-06 23:30", shown.ToString("yyyy-MM-dd HH:mm"));
        for (var at = midnight - ReportingClock.Day; at < midnight + ReportingClock.Day; at += ReportingClock.Hour / 12)
        {
            var day = clock.DayOf(at);
            Assert.InRange(at, clock.StartOf(day), clock.StartOf(day + 1) - 1);
            Assert.Equal(day, new PaneClock(clock, PaneGrain.Day, []).PaneOf(at));
        }
    }

    [Fact]
    public void Instants_too_far_apart_are_asked_for_one_by_one()
    {
        var panes = new PaneClock(new ReportingClock(TimeZoneInfo.Utc), PaneGrain.Hour, []);
        Assert.False(panes.PanesOf([0, 50 * Year], 0, 50 * Year, new int[2]));
        Assert.False(panes.PanesOf([-40 * Year, 0], -40 * Year, 0, new int[2]));
        Assert.True(panes.PanesOf([0, Year], 0, Year, new int[2]));
    }

    [Fact]
    public void Of_whole_spans_each_midnight_is_a_pane_of_its_own()
    {
        Assert.True(ReportingClock.TryFindZone("Asia/Shanghai", out var zone));
        var clock = new ReportingClock(zone);
        var panes = new PaneClock(clock, PaneGrain.Whole, []);
        var midnight = clock.StartOf(19_800);
        Assert.Equal(panes.PaneOf(midnight - 1), panes.PaneOf(midnight + 1));
        Assert.Equal((midnight, midnight + 1), panes.SpanOf(panes.PaneOf(midnight)));
        Assert.Equal(19_800, panes.DayOf(panes.PaneOf(midnight)));
        Assert.NotEqual(panes.PaneOf(midnight), panes.PaneOf(clock.StartOf(19_801)));
    }

    [Fact]
    public void Samples_kept_by_whole_spans_add_up_to_those_kept_by_day()
    {
        // the last sample is at a midnight, hence at the reference date, and in no window
        var radio = ExportBuilder.Radio();
        for (var i = 0; i < 50; i++)
        {
            radio.Row($"2024-03-{1 + (i / 10):00} {i % 10:00}:00", "c", "NR", i % 3 == 0 ? -120 : -80, 10);
        }

        radio.Row("2024-03-06 00:00", "c", "NR", -80, 10);
        var whole = Reports.Of(Reports.NoFloor, radio).Row("cov_sample");
        var days = Reports.Of(Reports.NoFloor with { Window = Window.Day }, radio).RowsOf("cov_sample");
        Assert.Equal(5, days.Count);
        Assert.Equal(days.Sum(static row => (long)row.Numerator!.Value.Unscaled), (long)whole.Numerator!.Value.Unscaled);
        Assert.Equal(50, (long)whole.Denominator!.Value.Unscaled);
    }
}
