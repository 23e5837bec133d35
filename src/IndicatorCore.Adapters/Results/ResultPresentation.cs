using System.Globalization;
using IndicatorCore.Indicators;

namespace IndicatorCore.Adapters.Results;

/// <summary>Figures as people read them: ratios as percent, spans as dates. Never a source of numbers.</summary>
internal static class ResultPresentation
{
    /// <summary>A value in its unit: ratios as percent with one decimal, ties to even (GB/T 8170), others in shortest form.</summary>
    public static string Value(double? value, string unit)
    {
        if (value is not { } number || !double.IsFinite(number))
        {
            return string.Empty;
        }

        return unit switch
        {
            "ratio" => Percent(number),
            "1" => number.ToString("R", CultureInfo.InvariantCulture),
            _ => string.Create(CultureInfo.InvariantCulture, $"{number:R} {unit}"),
        };
    }

    /// <summary>A ratio as percent with one decimal, ties of its shortest decimal form to even.</summary>
    public static string Percent(double ratio) => PrintedPercent.Of(ratio) is { } percent
        ? string.Create(CultureInfo.InvariantCulture, $"{percent:0.0} %")
        : string.Create(CultureInfo.InvariantCulture, $"{ratio * 100:R} %");

    /// <summary>A half-open span: dates when both ends are local midnights, else instants.</summary>
    public static string Span(long? start, long? end, TimeZoneInfo zone)
    {
        var from = Instant(start, zone);
        var to = Instant(end, zone);
        if (from.Length == 0 && to.Length == 0)
        {
            return string.Empty;
        }

        return IsMidnight(from) && IsMidnight(to) ? $"{from[..10]}..{to[..10]}" : $"{from}..{to}";
    }

    private static string Instant(long? nanoseconds, TimeZoneInfo zone) =>
        nanoseconds is { } instant ? InstantText.Format(instant, zone) : string.Empty;

    private static bool IsMidnight(string instant) => instant.Length == 25 && instant.AsSpan(10, 9) is "T00:00:00";
}
