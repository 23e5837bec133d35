using System.Globalization;
using IndicatorCore.Errors;

namespace IndicatorCore.Indicators;

/// <summary>A point in time as users type it: a local date (its midnight in the reporting zone) or an instant with offset.</summary>
public readonly record struct TimeBound
{
    /// <summary>A local date.</summary>
    public TimeBound(DateOnly date) => Date = date;

    /// <summary>An instant.</summary>
    public TimeBound(DateTimeOffset instant) => Instant = instant;

    /// <summary>The date, or null when an instant is meant.</summary>
    public DateOnly? Date { get; }

    /// <summary>The instant, or null when a date is meant.</summary>
    public DateTimeOffset? Instant { get; }

    /// <summary>Reads <c>yyyy-MM-dd</c>, or an RFC 3339 instant with offset.</summary>
    /// <exception cref="ConfigurationException">The text is neither.</exception>
    public static TimeBound Parse(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return new TimeBound(date);
        }

        ReadOnlySpan<string> patterns =
        [
            "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mmK",
        ];
        foreach (var pattern in patterns)
        {
            if (DateTimeOffset.TryParseExact(text, pattern, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
                && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10))
            {
                return new TimeBound(instant);
            }
        }

        throw new ConfigurationException(
            $"'{text}' is neither a date nor an instant",
            advice: "Write a date as 2024-03-01 (local midnight) or an instant with its offset as 2024-03-01T08:00:00+08:00.");
    }
}
