using System.Diagnostics.CodeAnalysis;

namespace IndicatorCore.Aggregation;

/// <summary>
/// Local days of the reporting zone as numbers (days since 1970-01-01) and their instants (UTC nanoseconds since 1970). Goes
/// through the zone database, so that days of 23 and 25 hours come out right (indicator-definitions 1.2).
/// </summary>
internal sealed class ReportingClock(TimeZoneInfo zone)
{
    private const long NanosecondsPerTick = 100;

    /// <summary>One hour in nanoseconds.</summary>
    public const long Hour = 3_600_000_000_000;

    /// <summary>A day of 24 hours in nanoseconds.</summary>
    public const long Day = 24 * Hour;

    private const int EveningHour = 20;   // no clock was ever set back by more than four hours at midnight

    private static readonly int s_epochDay = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>The reporting zone.</summary>
    public TimeZoneInfo Zone { get; } = zone;

    /// <summary>The zone called <paramref name="name"/>; where the machine has no zone database Asia/Shanghai is +08:00 and UTC is UTC.</summary>
    public static bool TryFindZone(string name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        if (name is "UTC" or "Etc/UTC")
        {
            zone = TimeZoneInfo.Utc;
            return true;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone))
        {
            return true;
        }

        // constant since 1992 (indicator-definitions 1.2); earlier telemetry does not exist
        zone = name == "Asia/Shanghai" ? TimeZoneInfo.CreateCustomTimeZone(name, TimeSpan.FromHours(8), name, name) : null;
        return zone is not null;
    }

    /// <summary>The local day of an instant: days follow one another, so that what is told twice around midnight is of the later day.</summary>
    public int DayOf(long timestamp)
    {
        var local = Local(timestamp);
        var day = DateOnly.FromDateTime(local).DayNumber - s_epochDay;

        // a clock set back over midnight shows the evening again after the next day has begun
        return local.Hour >= EveningHour && StartOf(day + 1) <= timestamp ? day + 1 : day;
    }

    /// <summary>The instant at which a local day begins: its first instant, also where midnight itself was skipped.</summary>
    public long StartOf(int day)
    {
        var midnight = DateOnly.FromDayNumber(Math.Clamp(day + s_epochDay, 0, DateOnly.MaxValue.DayNumber)).ToDateTime(TimeOnly.MinValue);
        return InstantOf(midnight);
    }

    /// <summary>The instant at which a clock of the zone shows a time on a local day: the first of two, the end of a gap.</summary>
    /// <param name="day">The local day.</param>
    /// <param name="time">From 0 to 24 hours.</param>
    public long InstantOf(int day, TimeSpan time) =>
        time == TimeSpan.Zero ? StartOf(day)
        : time.Days > 0 ? StartOf(day + 1)
        : InstantOf(DateOf(day).ToDateTime(TimeOnly.FromTimeSpan(time)));

    /// <summary>The instant of a wall-clock time of the zone: the first of two, the end of a gap.</summary>
    public long InstantOf(DateTime local)
    {
        if (Zone.IsInvalidTime(local))
        {
            // the day began when the gap ended: walk to the first valid minute (gaps are whole minutes)
            while (Zone.IsInvalidTime(local))
            {
                local = local.AddMinutes(1);
            }
        }

        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);

        // days at the ends of the range of 64-bit nanoseconds (1677, 2262) begin or end outside it
        var ticks = local.Ticks - offset.Ticks - DateTime.UnixEpoch.Ticks;
        return ticks > long.MaxValue / NanosecondsPerTick ? long.MaxValue
            : ticks < long.MinValue / NanosecondsPerTick ? long.MinValue
            : ticks * NanosecondsPerTick;
    }

    /// <summary>The local day that begins at or after an instant.</summary>
    public int DayAtOrAfter(long timestamp)
    {
        var day = DayOf(timestamp);
        return StartOf(day) >= timestamp ? day : day + 1;
    }

    /// <summary>The number of a date.</summary>
    public static int NumberOf(DateOnly date) => date.DayNumber - s_epochDay;

    /// <summary>The date of a number.</summary>
    public static DateOnly DateOf(int day) => DateOnly.FromDayNumber(Math.Clamp(day + s_epochDay, 0, DateOnly.MaxValue.DayNumber));

    /// <summary>Nanoseconds since 1970 of an instant.</summary>
    public static long Nanoseconds(DateTimeOffset instant) => (instant.UtcTicks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick;

    private DateTime Local(long timestamp)
    {
        var ticks = Math.DivRem(timestamp, NanosecondsPerTick, out var rest) - (rest < 0 ? 1 : 0);
        var utc = new DateTime(ticks + DateTime.UnixEpoch.Ticks, DateTimeKind.Utc);
        return utc + Zone.GetUtcOffset(utc);
    }
}
