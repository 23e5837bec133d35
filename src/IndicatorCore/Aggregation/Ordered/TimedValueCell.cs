namespace IndicatorCore.Aggregation.Ordered;

/// <summary>Rows of a slot by class; the points themselves are kept beside (<see cref="TimedValueStore"/>).</summary>
internal struct TimedValueCell : IMergeable<TimedValueCell>
{
    /// <summary>Rows and times.</summary>
    public RowEvidence Rows;

    /// <summary>Rows that are a point.</summary>
    public long Valid;

    /// <summary>Rows of which something is missing.</summary>
    public long Missing;

    /// <summary>Rows of which something is invalid.</summary>
    public long Invalid;

    /// <inheritdoc/>
    public void Merge(TimedValueCell other)
    {
        Rows.Merge(other.Rows);
        Valid += other.Valid;
        Missing += other.Missing;
        Invalid += other.Invalid;
    }
}
