namespace IndicatorCore.Aggregation.Ordered;

/// <summary>Rows by what they are worth.</summary>
internal struct ArrivalCell : IMergeable<ArrivalCell>
{
    /// <summary>Rows and times.</summary>
    public RowEvidence Rows;

    /// <summary>Accepted rows of class VALID.</summary>
    public long Valid;

    /// <summary>Accepted rows of class MISSING.</summary>
    public long Missing;

    /// <summary>Accepted rows of class INVALID.</summary>
    public long Invalid;

    /// <inheritdoc/>
    public void Merge(ArrivalCell other)
    {
        Rows.Merge(other.Rows);
        Valid += other.Valid;
        Missing += other.Missing;
        Invalid += other.Invalid;
    }
}
