namespace IndicatorCore.Aggregation;

/// <summary>Samples by class; thresholds on shares are applied only after merging (indicator-definitions 3.1, W5).</summary>
internal struct CoverageCounts : IMergeable<CoverageCounts>
{
    /// <summary>Class VALID.</summary>
    public long Valid;

    /// <summary>Valid and at or above both thresholds.</summary>
    public long Covered;

    /// <summary>Class UNSERVED.</summary>
    public long Unserved;

    /// <summary>Class MISSING.</summary>
    public long Missing;

    /// <summary>Class INVALID.</summary>
    public long Invalid;

    /// <summary>The denominator of coverage: valid and unserved.</summary>
    public readonly long Usable => Valid + Unserved;

    /// <summary>Samples of any class.</summary>
    public readonly long All => Valid + Unserved + Missing + Invalid;

    /// <inheritdoc/>
    public void Merge(CoverageCounts other)
    {
        Valid += other.Valid;
        Covered += other.Covered;
        Unserved += other.Unserved;
        Missing += other.Missing;
        Invalid += other.Invalid;
    }
}
