namespace IndicatorCore.Sources;

/// <summary>Wall-clock time of a zone to instants. Ticks are 100 ns since year 1.</summary>
internal static class LocalTime
{
    /// <summary>The zone of an IANA name, or null when the zone database does not have it.</summary>
    public static TimeZoneInfo? TryZone(string name)
    {
        // Windows names would work on one platform only
        if (name is "" || TimeZoneInfo.TryConvertWindowsIdToIanaId(name, out _))
        {
            return name == "UTC" ? TimeZoneInfo.Utc : null;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;
    }

    /// <summary>The zone of an IANA name that is known to exist.</summary>
    public static TimeZoneInfo Zone(string name) => TryZone(name) ?? throw new TimeZoneNotFoundException($"No zone {name}.");

    /// <summary>The instant of a wall-clock time: the first of two when the clock went back, the end of the gap when it went forward.</summary>
    public static long ToUtcTicks(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(local))
        {
            // a time inside the gap never was: the transition is the instant nearest to it that was
            var (low, high) = (local.AddHours(-24), local);
            while (high.Ticks - low.Ticks > 1)
            {
                var middle = new DateTime(low.Ticks + ((high.Ticks - low.Ticks) / 2), DateTimeKind.Unspecified);
                (low, high) = zone.IsInvalidTime(middle) ? (low, middle) : (middle, high);
            }

            return Saturate((Int128)low.Ticks + 1 - zone.GetUtcOffset(low).Ticks);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return Saturate((Int128)local.Ticks - offset.Ticks);
    }

    /// <summary>UTC nanoseconds since 1970 of UTC ticks, at the ends of the range where Int64 does not hold them.</summary>
    public static long ToNanoseconds(long utcTicks)
    {
        var nanoseconds = ((Int128)utcTicks - DateTime.UnixEpoch.Ticks) * 100;
        return nanoseconds > long.MaxValue ? long.MaxValue : nanoseconds < long.MinValue ? long.MinValue : (long)nanoseconds;
    }

    private static long Saturate(Int128 ticks) => (long)Int128.Clamp(ticks, 0, DateTime.MaxValue.Ticks);
}
