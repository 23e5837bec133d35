using System.Globalization;
using IndicatorCore.Indicators;

namespace IndicatorCore.Programmes.Filling;

/// <summary>Figures as forms print them. Never a source of numbers.</summary>
internal static class PrintedFigure
{
    /// <summary>A cell with a number.</summary>
    public static FilledCell Cell(double value, FieldFormat format, string? unit, int? trace, string suffix = "")
    {
        if (format == FieldFormat.Percent && PrintedPercent.Of(value) is { } percent)
        {
            return new()
            {
                Text = string.Create(CultureInfo.InvariantCulture, $"{percent:0.0}%{suffix}"),
                Number = suffix.Length == 0 ? (double)(percent / 100) : null,
                Format = format,
                Trace = trace,
            };
        }

        var printed = Round(value);
        return new()
        {
            Text = Plain(printed) + (unit is null ? string.Empty : $" {unit}") + suffix,
            Number = suffix.Length == 0 ? printed : null,
            Format = format,
            Unit = unit,
            Trace = trace,
        };
    }

    /// <summary>At most three decimals, below one six, ties to even: the evidence has the exact value.</summary>
    public static double Round(double value) => Math.Abs(value) is >= 1e-6 and < 1e12
        ? (double)decimal.Round(decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture), Math.Abs(value) < 1 ? 6 : 3, MidpointRounding.ToEven)
        : value;

    /// <summary>Without an exponent where that is readable.</summary>
    public static string Plain(double value) => Math.Abs(value) is > 1e-5 and < 1e15
        ? ((decimal)value).ToString("0.############", CultureInfo.InvariantCulture) is var text && double.Parse(text, CultureInfo.InvariantCulture).Equals(value)
            ? text
            : value.ToString("R", CultureInfo.InvariantCulture)
        : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A half-open span: dates where both ends are local midnights, the last one inclusive, else instants.</summary>
    public static string Span(long? start, long? end, TimeZoneInfo zone)
    {
        if (start is not { } from || end is not { } to)
        {
            return string.Empty;
        }

        var (first, last) = (InstantText.Format(from, zone), InstantText.Format(to, zone));
        return IsMidnight(first) && IsMidnight(last) ? string.Create(CultureInfo.InvariantCulture, $"{first[..10]}至{Day(last).AddDays(-1):yyyy-MM-dd}") : $"{first}至{last}";
    }

    /// <summary>The name of a window that is a calendar year, quarter or month, else its span.</summary>
    public static string Milestone(long? start, long? end, TimeZoneInfo zone)
    {
        if (start is not { } from || end is not { } to || !IsMidnight(InstantText.Format(from, zone)) || !IsMidnight(InstantText.Format(to, zone)))
        {
            return Span(start, end, zone);
        }

        var (first, after) = (Day(InstantText.Format(from, zone)), Day(InstantText.Format(to, zone)));
        return first.Day != 1 ? Span(start, end, zone)
            : after == first.AddMonths(1) ? string.Create(CultureInfo.InvariantCulture, $"{first:yyyy-MM}")
            : after == first.AddMonths(3) && first.Month % 3 == 1 ? string.Create(CultureInfo.InvariantCulture, $"{first:yyyy}-Q{((first.Month - 1) / 3) + 1}")
            : after == first.AddYears(1) && first.Month == 1 ? string.Create(CultureInfo.InvariantCulture, $"{first:yyyy}")
            : Span(start, end, zone);
    }

    /// <summary>The local day of an instant.</summary>
    public static DateOnly Day(long nanoseconds, TimeZoneInfo zone) => Day(InstantText.Format(nanoseconds, zone));

    private static DateOnly Day(string instant) => DateOnly.ParseExact(instant.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static bool IsMidnight(string instant) => instant.Length == 25 && instant.AsSpan(10, 9) is "T00:00:00";
}
