namespace IndicatorCore.Aggregation;

/// <summary>Exact sums of production rows: quantities at 10⁻⁶, times at 10⁻⁶ s (indicator-definitions 4, State).</summary>
internal struct ProductionSums : IMergeable<ProductionSums>
{
    /// <summary>Rows and times.</summary>
    public RowEvidence Rows;

    /// <summary>Rows with valid q_good.</summary>
    public long ValidOutputRows;

    /// <summary>Rows without.</summary>
    public long MissingOutputRows;

    /// <summary>Rows with q_good above zero.</summary>
    public long ProducingRows;

    /// <summary>Sum of valid q_good.</summary>
    public Int128 Output;

    /// <summary>Labour input and its output.</summary>
    public InputSums Labour;

    /// <summary>Machine input and its output.</summary>
    public InputSums Machine;

    /// <inheritdoc/>
    public void Merge(ProductionSums other)
    {
        Rows.Merge(other.Rows);
        ValidOutputRows += other.ValidOutputRows;
        MissingOutputRows += other.MissingOutputRows;
        ProducingRows += other.ProducingRows;
        Output += other.Output;
        Labour.Merge(other.Labour);
        Machine.Merge(other.Machine);
    }
}
