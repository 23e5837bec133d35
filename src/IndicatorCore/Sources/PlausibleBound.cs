using System.Globalization;

namespace IndicatorCore.Sources;

/// <summary>One end of the plausible range: a wall-clock time, or an instant with its offset.</summary>
internal sealed record PlausibleBound(DateTime Local, DateTimeOffset? Instant)
{
    private static readonly string[] s_local =
        ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    private static readonly string[] s_offset = ["yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    /// <summary>Reads a local date, a local time, or an instant with offset; null when it is none of them.</summary>
    public static PlausibleBound? Parse(string text)
    {
        if (DateTime.TryParseExact(text, s_local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return new PlausibleBound(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), null);
        }

        return DateTimeOffset.TryParseExact(text, s_offset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? new PlausibleBound(default, instant)
            : null;
    }

    /// <summary>UTC nanoseconds since 1970; a wall-clock time is of <paramref name="zone"/>, or of UTC when that is null.</summary>
    public long ToInstant(string? zone)
    {
        var ticks = Instant is { } instant ? instant.UtcTicks : LocalTime.ToUtcTicks(Local, LocalTime.Zone(zone ?? "UTC"));
        return LocalTime.ToNanoseconds(ticks);
    }

    /// <summary>As it is written in a profile.</summary>
    public override string ToString() => Instant is { } instant
        ? instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)
        : Local.ToString(Local.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}
