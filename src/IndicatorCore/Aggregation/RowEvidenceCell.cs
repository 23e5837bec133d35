namespace IndicatorCore.Aggregation;

/// <summary>Rows and times alone.</summary>
internal struct RowEvidenceCell : IMergeable<RowEvidenceCell>
{
    /// <summary>Rows and times.</summary>
    public RowEvidence Rows;

    /// <inheritdoc/>
    public void Merge(RowEvidenceCell other) => Rows.Merge(other.Rows);
}
