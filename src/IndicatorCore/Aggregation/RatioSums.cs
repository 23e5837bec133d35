namespace IndicatorCore.Aggregation;

/// <summary>Exact sums of two measures over the rows that have both, at 10⁻⁶ of their units.</summary>
internal struct RatioSums : IMergeable<RatioSums>
{
    /// <summary>Rows and times.</summary>
    public RowEvidence Rows;

    /// <summary>Rows with both measures valid.</summary>
    public uint Valid;

    /// <summary>Rows with a missing measure.</summary>
    public uint Missing;

    /// <summary>Rows with none missing and an invalid one.</summary>
    public uint Invalid;

    /// <summary>Rows with a valid numerator whose denominator is missing; among the missing ones.</summary>
    public uint LoneRows;

    /// <summary>Sum of numerators.</summary>
    public Sum96 Numerator;

    /// <summary>Sum of denominators.</summary>
    public Sum96 Denominator;

    /// <summary>Sum of numerators whose denominator is missing.</summary>
    public Sum96 LoneNumerator;

    /// <inheritdoc/>
    public void Merge(RatioSums other)
    {
        Rows.Merge(other.Rows);
        Rows.CheckShort();
        Valid += other.Valid;
        Missing += other.Missing;
        Invalid += other.Invalid;
        LoneRows += other.LoneRows;
        Numerator.Add(other.Numerator);
        Denominator.Add(other.Denominator);
        LoneNumerator.Add(other.LoneNumerator);
    }
}
