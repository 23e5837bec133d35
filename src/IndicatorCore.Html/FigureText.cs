using System.Globalization;
using IndicatorCore.Indicators;

namespace IndicatorCore.Html;

/// <summary>Figures as the page shows them: rounded for reading, ties to even (GB/T 8170). Never a source of numbers.</summary>
internal static class FigureText
{
    private const decimal Largest = 1e20m;

    /// <summary>The value of a row, or an empty text.</summary>
    public static string Of(IndicatorRow row) => Of(row.Value, row.Unit);

    /// <summary>A value in its unit: ratios as percent with one decimal, others with at most two.</summary>
    public static string Of(double? value, string unit) => value is not { } number ? string.Empty
        : unit == "ratio" ? $"{Number(number, 100, 1, pads: true)} %"
        : unit == "1" ? Number(number, 1, 2, pads: false)
        : $"{Number(number, 1, 2, pads: false)} {unit}";

    /// <summary>The interval of a row, or an empty text.</summary>
    public static string Interval(IndicatorRow row) => row is not { Low: { } low, High: { } high } ? string.Empty
        : row.Unit == "ratio" ? $"{Number(low, 100, 1, pads: true)} – {Number(high, 100, 1, pads: true)} %"
        : $"{Of(low, "1")} – {Of(high, row.Unit)}";

    /// <summary>A difference with its sign, in percentage points (pp) or a unit.</summary>
    public static string Difference(double difference, string unit) =>
        (difference > 0 ? "+" : string.Empty) + Number(difference, 1, unit == "pp" ? 1 : 2, pads: unit == "pp") + (unit is "1" or "" ? string.Empty : " " + unit);

    /// <summary>Days of a span, its last one included; instants where the span does not end at midnights.</summary>
    public static string Span(long? start, long? end, TimeZoneInfo zone)
    {
        if (start is not { } from || end is not { } to)
        {
            return string.Empty;
        }

        var (first, last) = (InstantText.Format(from, zone), InstantText.Format(to, zone));
        return !IsMidnight(first) || !IsMidnight(last) ? $"{first} – {last}"
            : from == to ? first[..10]
            : $"{first[..10]} – {InstantText.Format(to - 1, zone)[..10]}";
    }

    /// <summary>What a group is called.</summary>
    public static string Group(IReadOnlyList<KeyValuePair<string, string?>> group) => group.Count == 0 ? "—" : string.Join(" / ", group.Select(static pair => pair.Value ?? "—"));

    private static bool IsMidnight(string instant) => instant.Length == 25 && instant.AsSpan(10, 9) is "T00:00:00";

    // the shortest decimal form of the double is what is rounded, as in every other format
    private static string Number(double value, int factor, int decimals, bool pads)
    {
        if (!decimal.TryParse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) || decimal.Abs(exact) > Largest)
        {
            return (value * factor).ToString("R", CultureInfo.InvariantCulture);
        }

        var rounded = decimal.Round(exact * factor, decimals, MidpointRounding.ToEven);
        return rounded.ToString(pads ? "#,0." + new string('0', decimals) : "#,0." + new string('#', decimals), CultureInfo.InvariantCulture);
    }
}
