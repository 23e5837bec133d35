namespace IndicatorCore.Aggregation;

/// <summary>Exact sums of energy rows at 10⁻⁶ kWh.</summary>
internal struct EnergySums : IMergeable<EnergySums>
{
    /// <summary>Rows and times.</summary>
    public RowEvidence Rows;

    /// <summary>Rows with valid kwh.</summary>
    public long Valid;

    /// <summary>Rows with missing kwh.</summary>
    public long Missing;

    /// <summary>Rows with invalid kwh.</summary>
    public long Invalid;

    /// <summary>Sum of valid kwh.</summary>
    public Int128 Energy;

    /// <inheritdoc/>
    public void Merge(EnergySums other)
    {
        Rows.Merge(other.Rows);
        Valid += other.Valid;
        Missing += other.Missing;
        Invalid += other.Invalid;
        Energy += other.Energy;
    }
}
