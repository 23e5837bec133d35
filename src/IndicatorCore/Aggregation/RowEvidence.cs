namespace IndicatorCore.Aggregation;

/// <summary>How many rows a slot has seen, and when.</summary>
internal struct RowEvidence
{
    private long _firstInverted;   // ~first, so that default (0) means "none" and max serves both ends
    private long _last;
    private bool _any;

    /// <summary>Rows, quarantined and duplicate ones included.</summary>
    public long Received;

    /// <summary>Exact duplicates dropped.</summary>
    public long Duplicates;

    /// <summary>Rows that lost a key conflict.</summary>
    public long Conflicts;

    /// <summary>First accepted event, or null.</summary>
    public readonly long? First => _any ? ~_firstInverted : null;

    /// <summary>Last accepted event, or null.</summary>
    public readonly long? Last => _any ? _last : null;

    /// <summary>Notes an accepted row's event time.</summary>
    public void Touch(long timestamp)
    {
        if (!_any)
        {
            _any = true;
            _firstInverted = ~timestamp;
            _last = timestamp;
            return;
        }

        _firstInverted = Math.Max(_firstInverted, ~timestamp);
        _last = Math.Max(_last, timestamp);
    }

    /// <summary>Adds another slot's evidence.</summary>
    public void Merge(RowEvidence other)
    {
        Received += other.Received;
        Duplicates += other.Duplicates;
        Conflicts += other.Conflicts;
        if (other._any)
        {
            Touch(~other._firstInverted);
            Touch(other._last);
        }
    }
}
