namespace IndicatorCore.Generation.Model;

/// <summary>Local days of Asia/Shanghai as numbers since 1970-01-01; since 1992 the zone is a constant +08:00 (indicator-definitions 1.2).</summary>
internal static class LocalCalendar
{
    public const long MillisecondsADay = 86_400_000;
    public const long ZoneMilliseconds = 8 * 3_600_000;

    private static readonly DateOnly s_epoch = new(1970, 1, 1);

    // The first day of the Spring Festival in the years that a dump is likely to cover.
    private static readonly int[] s_springFestivals =
    [
        Day(new DateOnly(2020, 1, 25)), Day(new DateOnly(2021, 2, 12)), Day(new DateOnly(2022, 2, 1)), Day(new DateOnly(2023, 1, 22)),
        Day(new DateOnly(2024, 2, 10)), Day(new DateOnly(2025, 1, 29)), Day(new DateOnly(2026, 2, 17)), Day(new DateOnly(2027, 2, 6)),
    ];

    private static readonly int s_firstDay = Day(new DateOnly(1992, 1, 1));
    private static readonly byte[] s_activity =
        [.. Enumerable.Range(s_firstDay, Day(new DateOnly(2200, 2, 1)) - s_firstDay).Select(static day => (byte)Activity(day))];

    public static int Day(DateOnly date) => date.DayNumber - s_epoch.DayNumber;

    public static DateOnly Date(int day) => s_epoch.AddDays(day);

    /// <summary>The instant of the day's local midnight, UTC milliseconds.</summary>
    public static long Midnight(int day) => (day * MillisecondsADay) - ZoneMilliseconds;

    /// <summary>The local day of an instant in UTC milliseconds.</summary>
    public static int DayOf(long milliseconds) => (int)Math.DivRem(milliseconds + ZoneMilliseconds, MillisecondsADay).Quotient;

    /// <summary>The number of the day's month: 12 × year + month − 1.</summary>
    public static int Month(int day)
    {
        var date = Date(day);
        return (date.Year * 12) + date.Month - 1;
    }

    public static int MonthStart(int month) => Day(new DateOnly(month / 12, (month % 12) + 1, 1));

    /// <summary>How busy a day is, in percent: the Spring Festival, weekends, and a mild year's course.</summary>
    public static int ActivityPercent(int day) => s_activity[day - s_firstDay];

    private static int Activity(int day)
    {
        foreach (var festival in s_springFestivals)
        {
            var distance = day - festival;
            if (distance is >= -1 and <= 5)
            {
                return 0;
            }

            if (distance is >= -6 and <= 10)
            {
                return 55;
            }
        }

        var date = Date(day);
        var season = date.Month switch { 1 or 2 => 92, 7 or 8 => 96, 10 or 11 => 104, _ => 100 };
        return date.DayOfWeek == DayOfWeek.Sunday ? season * 7 / 10 : season;
    }
}
