namespace IndicatorCore.Aggregation;

/// <summary>Exact sums of energy rows at 10⁻⁶ kWh.</summary>
internal struct EnergySums : IMergeable<EnergySums>
{
    /// <summary>Rows and times.</summary>
    public RowEvidence Rows;

    /// <summary>Rows with valid kwh.</summary>
    public uint Valid;

    /// <summary>Rows with missing kwh.</summary>
    public uint Missing;

    /// <summary>Rows with invalid kwh.</summary>
    public uint Invalid;

    /// <summary>Sum of valid kwh.</summary>
    public Sum96 Energy;

    /// <inheritdoc/>
    public void Merge(EnergySums other)
    {
        Rows.Merge(other.Rows);
        Rows.CheckShort();
        Valid += other.Valid;
        Missing += other.Missing;
        Invalid += other.Invalid;
        Energy.Add(other.Energy);
    }
}
