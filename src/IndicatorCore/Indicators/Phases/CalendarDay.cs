namespace IndicatorCore.Indicators.Phases;

/// <summary>Local days as calendar dates.</summary>
internal static class CalendarDay
{
    private static readonly int s_epoch = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>The date of a day counted from 1970-01-01.</summary>
    public static DateOnly ToDate(int day) => DateOnly.FromDayNumber(day + s_epoch);

    /// <summary>The day, counted from 1970-01-01, of a date.</summary>
    public static int FromDate(DateOnly date) => date.DayNumber - s_epoch;

    /// <summary>The calendar month, counted from January of year 0.</summary>
    public static int Month(int day) => (ToDate(day).Year * 12) + ToDate(day).Month - 1;

    /// <summary>The first day of the day's month.</summary>
    public static int ThisMonth(int day) => day - ToDate(day).Day + 1;

    /// <summary>The first day of the month after the day's own.</summary>
    public static int NextMonth(int day)
    {
        var date = ToDate(day);
        return FromDate(new DateOnly(date.Year, date.Month, 1).AddMonths(1));
    }

    /// <summary>The same date twelve calendar months earlier; 29 February becomes the 28th.</summary>
    public static int YearEarlier(int day) => FromDate(ToDate(day).AddYears(-1));
}
