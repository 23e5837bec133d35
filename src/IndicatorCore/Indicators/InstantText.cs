using System.Globalization;

namespace IndicatorCore.Indicators;

/// <summary>Instants as results carry them: <c>yyyy-MM-ddTHH:mm:ss[.fffffffff]±hh:mm</c> (interface 4).</summary>
public static class InstantText
{
    /// <summary>The most characters that an instant takes.</summary>
    public const int MaximumLength = 35;

    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Writes an instant with the offset of <paramref name="zone"/>; nine decimals, or none when they are all zero.</summary>
    /// <param name="nanoseconds">UTC nanoseconds since 1970.</param>
    /// <param name="zone">The zone whose wall clock is shown.</param>
    /// <param name="text">Takes the characters, at least <see cref="MaximumLength"/>.</param>
    /// <returns>The characters written.</returns>
    public static int Format(long nanoseconds, TimeZoneInfo zone, Span<char> text)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var (seconds, fraction) = Math.DivRem(nanoseconds, NanosecondsPerSecond);
        if (fraction < 0)
        {
            seconds--;
            fraction += NanosecondsPerSecond;
        }

        var utc = DateTime.UnixEpoch.AddSeconds(seconds);
        var offset = zone.GetUtcOffset(utc);
        var local = new DateTime(utc.Ticks + offset.Ticks, DateTimeKind.Unspecified);
        if (!local.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture))
        {
            throw new ArgumentException("The span is shorter than an instant.", nameof(text));
        }

        if (fraction != 0)
        {
            text[length++] = '.';
            fraction.TryFormat(text[length..], out var digits, "D9", CultureInfo.InvariantCulture);
            length += digits;
        }

        text[length++] = offset < TimeSpan.Zero ? '-' : '+';
        offset.Duration().TryFormat(text[length..], out var rest, @"hh\:mm", CultureInfo.InvariantCulture);
        return length + rest;
    }

    /// <summary>The instant as a string.</summary>
    /// <param name="nanoseconds">UTC nanoseconds since 1970.</param>
    /// <param name="zone">The zone whose wall clock is shown.</param>
    public static string Format(long nanoseconds, TimeZoneInfo zone)
    {
        Span<char> text = stackalloc char[MaximumLength];
        return new string(text[..Format(nanoseconds, zone, text)]);
    }
}
