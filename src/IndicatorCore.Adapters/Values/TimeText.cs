using System.Globalization;
using IndicatorCore.Columns;

namespace IndicatorCore.Adapters.Values;

/// <summary>Dates, times of day and instants as RFC 3339; wall-clock time of an unknown zone comes without an offset.</summary>
internal static class TimeText
{
    private const long TicksPerDay = TimeSpan.TicksPerDay;

    /// <summary>The text of a value of type Date, Time or Timestamp; years beyond 1 to 9999 are shown as the number and its unit.</summary>
    public static string Of(ArrowType type, long value) => type.Id switch
    {
        ArrowTypeId.Date => Date(type.BitWidth == 32 ? value : Math.DivRem(value, 86_400_000, out _)) ?? Raw(type, value),
        ArrowTypeId.Time => Time(type, value),
        _ => Timestamp(type, value) ?? Raw(type, value),
    };

    /// <summary>The unit's symbol: s, ms, us or ns; for dates d or ms.</summary>
    public static string UnitOf(ArrowType type) => type.Id == ArrowTypeId.Date
        ? type.BitWidth == 32 ? "d" : "ms"
        : type.Unit switch
        {
            TimeUnit.Second => "s",
            TimeUnit.Millisecond => "ms",
            TimeUnit.Microsecond => "us",
            _ => "ns",
        };

    /// <summary>Units a second.</summary>
    public static long UnitsPerSecond(TimeUnit unit) => unit switch
    {
        TimeUnit.Second => 1,
        TimeUnit.Millisecond => 1_000,
        TimeUnit.Microsecond => 1_000_000,
        _ => 1_000_000_000,
    };

    private static string Raw(ArrowType type, long value) => $"{value} {UnitOf(type)} since 1970";

    private static string? Date(long days)
    {
        var number = days + (DateTime.UnixEpoch.Ticks / TicksPerDay);
        return number is >= 0 and <= 3_652_058 ? DateOnly.FromDayNumber((int)number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
    }

    private static string Time(ArrowType type, long value)
    {
        var perSecond = UnitsPerSecond(type.Unit);
        if (value < 0 || value >= perSecond * 86_400)
        {
            return $"{value} {UnitOf(type)}";
        }

        var (seconds, fraction) = Math.DivRem(value, perSecond);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}{Fraction(fraction, perSecond)}");
    }

    private static string? Timestamp(ArrowType type, long value)
    {
        var perSecond = UnitsPerSecond(type.Unit);
        var (seconds, fraction) = Math.DivRem(value, perSecond);
        if (fraction < 0)
        {
            seconds--;
            fraction += perSecond;
        }

        if (seconds is < -62_135_500_000 or > 253_402_200_000)
        {
            return null;   // outside years 1 to 9999, with room for any offset
        }

        var utc = DateTime.UnixEpoch.AddSeconds(seconds);
        var (offset, text) = Offset(type.TimeZone, utc);
        return $"{utc + offset:yyyy-MM-dd'T'HH:mm:ss}{Fraction(fraction, perSecond)}{text}";
    }

    private static (TimeSpan Offset, string Text) Offset(string? zone, DateTime utc)
    {
        if (zone is null)
        {
            return (TimeSpan.Zero, string.Empty);
        }

        TimeSpan offset;
        if (zone.Length == 6 && TimeSpan.TryParseExact(zone.AsSpan(1), @"hh\:mm", CultureInfo.InvariantCulture, out var given))
        {
            offset = zone[0] == '-' ? -given : given;
        }
        else if (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known))
        {
            offset = known.GetUtcOffset(utc);
        }
        else
        {
            return (TimeSpan.Zero, "Z");   // the instant is right, its zone is unknown here
        }

        return (offset, $"{(offset < TimeSpan.Zero ? '-' : '+')}{offset.Duration():hh\\:mm}");
    }

    private static string Fraction(long fraction, long perSecond) =>
        fraction == 0 ? string.Empty : "." + fraction.ToString().PadLeft(perSecond.ToString().Length - 1, '0');
}
