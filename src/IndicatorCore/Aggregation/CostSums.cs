namespace IndicatorCore.Aggregation;

/// <summary>Exact sums of cost rows: money at 10⁻⁴ CNY, quantities at 10⁻⁶ (indicator-definitions 5, State).</summary>
internal struct CostSums : IMergeable<CostSums>
{
    /// <summary>Rows and times.</summary>
    public RowEvidence Rows;

    /// <summary>Rows with a valid amount.</summary>
    public uint ValidRows;

    /// <summary>Rows without.</summary>
    public uint MissingRows;

    /// <summary>Sum of valid amounts.</summary>
    public Sum96 Amount;

    /// <summary>Rows with a valid q_good.</summary>
    public uint OutputRows;

    /// <summary>Sum of valid q_good.</summary>
    public Sum96 Output;

    /// <inheritdoc/>
    public void Merge(CostSums other)
    {
        Rows.Merge(other.Rows);
        Rows.CheckShort();
        ValidRows += other.ValidRows;
        MissingRows += other.MissingRows;
        Amount.Add(other.Amount);
        OutputRows += other.OutputRows;
        Output.Add(other.Output);
    }
}
