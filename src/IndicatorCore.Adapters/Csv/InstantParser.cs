using System.Globalization;
using System.Text;
using IndicatorCore.Sources;

namespace IndicatorCore.Adapters.Csv;

/// <summary>Text to instants, as the profile's format, zone and stamp say.</summary>
internal sealed class InstantParser
{
    private const long NanosecondsPerTick = 100;
    private static readonly Int128 s_nanosecondsPerDay = 86_400_000_000_000;

    private static readonly string[] s_local =
    [
        "yyyy-M-d", "yyyy/M/d", "yyyy-M-d'T'H:mm", "yyyy-M-d'T'H:mm:ss", "yyyy-M-d'T'H:mm:ss.FFFFFFF",
        "yyyy-M-d H:mm", "yyyy-M-d H:mm:ss", "yyyy-M-d H:mm:ss.FFFFFFF", "yyyy/M/d H:mm", "yyyy/M/d H:mm:ss", "yyyy/M/d H:mm:ss.FFFFFFF",
    ];

    private static readonly string[] s_zoned =
    [
        "yyyy-M-d'T'H:mmK", "yyyy-M-d'T'H:mm:ssK", "yyyy-M-d'T'H:mm:ss.FFFFFFFK",
        "yyyy-M-d H:mmK", "yyyy-M-d H:mm:ssK", "yyyy-M-d H:mm:ss.FFFFFFFK", "yyyy-M-d H:mm:ss K",
    ];

    private readonly string? _format;
    private readonly int _epochScale;
    private readonly bool _hasOffset;
    private readonly TimeZoneInfo? _zone;
    private readonly bool _isLabelledDay;
    private readonly long _shift;

    public InstantParser(string column, string? format, SourceSettings settings, bool isRowTime)
    {
        _format = format;
        _epochScale = format switch { "epoch_s" => 9, "epoch_ms" => 6, "epoch_us" => 3, "epoch_ns" => 0, _ => -1 };
        _hasOffset = format is not null && _epochScale < 0 && HasOffset(format);
        _zone = settings.TimeZone is null ? null : LocalTime.Zone(settings.TimeZone);
        _isLabelledDay = settings.Midnight == MidnightStamp.LabelledDay
            && (isRowTime || column is "interval_end" or "period_end" or "end_ts");
        _shift = isRowTime && settings.Stamp == TimestampStamp.End ? settings.IntervalNanoseconds ?? 0 : 0;
    }

    /// <summary>Reads an instant, whole nanoseconds since 1970.</summary>
    /// <returns>Null, or the quarantine reason.</returns>
    public string? Parse(ReadOnlySpan<byte> text, out ExactDecimal nanoseconds)
    {
        var reason = _epochScale >= 0 ? Epoch(text, out var value) : Calendar(text, out value);
        value -= _shift;
        nanoseconds = default;
        if (reason is not null)
        {
            return reason;
        }

        // the timestamp type is Int64 nanoseconds: 1677 to 2262
        if (value > long.MaxValue || value < long.MinValue)
        {
            return QuarantineReason.OutOfScale;
        }

        nanoseconds = new ExactDecimal(value, 0);
        return null;
    }

    private static bool HasOffset(string format)
    {
        var isQuoted = false;
        foreach (var c in format)
        {
            isQuoted ^= c == '\'';
            if (!isQuoted && c is 'K' or 'z')
            {
                return true;
            }
        }

        return false;
    }

    private string? Epoch(ReadOnlySpan<byte> text, out Int128 nanoseconds)
    {
        nanoseconds = 0;
        var reason = ExactDecimal.Parse(text, out var number);
        if (text.ContainsAny((byte)'e', (byte)'E'))
        {
            return reason == QuarantineReason.Unparseable ? reason : QuarantineReason.PrecisionLost;
        }

        if (reason is not null)
        {
            return reason;
        }

        // digits below a nanosecond are no time that anything can tell
        var scaled = number.Mantissa;
        for (var i = number.Scale; i < _epochScale; i++)
        {
            if (Int128.Abs(scaled) > Int128.MaxValue / 10)
            {
                return QuarantineReason.OutOfScale;
            }

            scaled *= 10;
        }

        for (var i = _epochScale; i < number.Scale; i++)
        {
            var floor = scaled / 10;
            scaled = scaled < 0 && floor * 10 != scaled ? floor - 1 : floor;
        }

        nanoseconds = scaled;
        return null;
    }

    private string? Calendar(ReadOnlySpan<byte> text, out Int128 nanoseconds)
    {
        nanoseconds = 0;
        var chars = Encoding.UTF8.GetString(text);
        var isLocal = _format is null || !_hasOffset;
        if (isLocal && TryLocal(chars, out var local))
        {
            if (_zone is null)
            {
                return QuarantineReason.TimeZoneUndeclared;
            }

            if (_isLabelledDay && local.TimeOfDay == TimeSpan.Zero && local < DateTime.MaxValue.Date)
            {
                local = local.AddDays(1);
            }

            nanoseconds = Nanoseconds(LocalTime.ToUtcTicks(local, _zone));
            return null;
        }

        if (_format is null || _hasOffset)
        {
            var formats = _format is null ? s_zoned : [_format];
            if (DateTimeOffset.TryParseExact(chars, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            {
                nanoseconds = Nanoseconds(instant.UtcTicks);
                if (_isLabelledDay && instant.TimeOfDay == TimeSpan.Zero)
                {
                    nanoseconds += s_nanosecondsPerDay;
                }

                return null;
            }
        }

        return ExactDecimal.Parse(text, out _) == QuarantineReason.PrecisionLost ? QuarantineReason.PrecisionLost : QuarantineReason.Unparseable;
    }

    private bool TryLocal(string text, out DateTime local) => _format is null
        ? DateTime.TryParseExact(text, s_local, CultureInfo.InvariantCulture, DateTimeStyles.None, out local)
        : DateTime.TryParseExact(text, _format, CultureInfo.InvariantCulture, DateTimeStyles.None, out local);

    private static Int128 Nanoseconds(long utcTicks) => ((Int128)utcTicks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick;
}
