using IndicatorCore.Errors;

namespace IndicatorCore.Aggregation;

/// <summary>How many rows a slot has seen, and when.</summary>
internal struct RowEvidence
{
    /// <summary>The most rows of a slot whose sums and counts are kept short.</summary>
    public const long MaxRows = uint.MaxValue;

    private ulong _first;   // offset by 2^63, so that default (0) is the one instant that never occurs and means none
    private ulong _last;

    /// <summary>Rows, quarantined and duplicate ones included.</summary>
    public long Received;

    /// <summary>Exact duplicates dropped.</summary>
    public uint Duplicates;

    /// <summary>Rows that lost a key conflict.</summary>
    public uint Conflicts;

    /// <summary>First accepted event, or null.</summary>
    public readonly long? First => _first == 0 ? null : FromOffset(_first);

    /// <summary>Last accepted event, or null.</summary>
    public readonly long? Last => _first == 0 ? null : FromOffset(_last);

    /// <summary>The evidence that a state file holds.</summary>
    /// <param name="first">First accepted event; null when there is none.</param>
    /// <param name="last">Last accepted event, not before the first.</param>
    public static RowEvidence Of(long? first, long? last) => new()
    {
        _first = first is { } from ? ToOffset(from) : 0,
        _last = last is { } to ? ToOffset(to) : 0,
    };

    /// <summary>Notes an accepted row's event time.</summary>
    public void Touch(long timestamp)
    {
        var offset = ToOffset(timestamp);
        _first = _first == 0 ? offset : Math.Min(_first, offset);
        _last = Math.Max(_last, offset);
    }

    /// <summary>Adds another slot's evidence.</summary>
    public void Merge(RowEvidence other)
    {
        Received += other.Received;
        Duplicates += other.Duplicates;
        Conflicts += other.Conflicts;
        _first = _first == 0 || other._first == 0 ? Math.Max(_first, other._first) : Math.Min(_first, other._first);
        _last = Math.Max(_last, other._last);
    }

    /// <summary>Refuses a slot of more rows than its short sums hold: never seen in a day of one line and product.</summary>
    /// <exception cref="LimitExceededException">There are more.</exception>
    public readonly void CheckShort()
    {
        if (Received > MaxRows)
        {
            throw new LimitExceededException(
                $"More than {MaxRows:N0} rows fall on one line, product and day",
                advice: "Give the rows their line and product, or split the export.");
        }
    }

    private static ulong ToOffset(long timestamp) => (ulong)timestamp ^ (1UL << 63);

    private static long FromOffset(ulong offset) => (long)(offset ^ (1UL << 63));
}
