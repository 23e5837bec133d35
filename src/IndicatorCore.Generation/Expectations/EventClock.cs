namespace IndicatorCore.Generation.Expectations;

/// <summary>First and last accepted event over all tables, and what is quarantined.</summary>
internal sealed class EventClock
{
    private const long FutureMilliseconds = 5 * 60_000;

    /// <summary>The first accepted event time, UTC milliseconds; the greatest long without any.</summary>
    public long First { get; private set; } = long.MaxValue;

    /// <summary>The last accepted event time (interval end where present), UTC milliseconds; the least long without any.</summary>
    public long Last { get; private set; } = long.MinValue;

    /// <summary>Quarantined rows by reason, in ordinal order.</summary>
    public SortedDictionary<string, long> Quarantined { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a row's times are accepted.</summary>
    public static bool IsAccepted(long? eventTime, long ingestTime) => eventTime <= ingestTime + FutureMilliseconds;

    /// <summary>Judges the times of a row; false when it is quarantined.</summary>
    public bool Accept(long? eventTime, long? ingestTime, long? intervalEnd = null)
    {
        if (eventTime is not { } time)
        {
            Reject("MISSING_TIME");
            return false;
        }

        // "Reject event_ts > ingest_ts + 5 min (FUTURE)" (1.2).
        if (ingestTime is { } arrival && time > arrival + FutureMilliseconds)
        {
            Reject("FUTURE");
            return false;
        }

        First = Math.Min(First, time);

        // "the greatest accepted event time (interval_end where present)" (interface 3).
        Last = Math.Max(Last, intervalEnd ?? time);
        return true;
    }

    private void Reject(string reason) => Quarantined[reason] = Quarantined.GetValueOrDefault(reason) + 1;
}
