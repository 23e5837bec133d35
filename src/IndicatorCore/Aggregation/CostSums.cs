namespace IndicatorCore.Aggregation;

/// <summary>Exact sums of cost rows: money at 10⁻⁴ CNY, quantities at 10⁻⁶ (indicator-definitions 5, State).</summary>
internal struct CostSums : IMergeable<CostSums>
{
    /// <summary>Rows and times.</summary>
    public RowEvidence Rows;

    /// <summary>Rows with a valid amount.</summary>
    public long ValidRows;

    /// <summary>Rows without.</summary>
    public long MissingRows;

    /// <summary>Sum of valid amounts.</summary>
    public Int128 Amount;

    /// <summary>Rows with a valid q_good.</summary>
    public long OutputRows;

    /// <summary>Sum of valid q_good.</summary>
    public Int128 Output;

    /// <inheritdoc/>
    public void Merge(CostSums other)
    {
        Rows.Merge(other.Rows);
        ValidRows += other.ValidRows;
        MissingRows += other.MissingRows;
        Amount += other.Amount;
        OutputRows += other.OutputRows;
        Output += other.Output;
    }
}
