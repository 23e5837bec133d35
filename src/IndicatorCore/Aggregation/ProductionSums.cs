namespace IndicatorCore.Aggregation;

/// <summary>Exact sums of production rows: quantities at 10⁻⁶, times at 10⁻⁶ s (indicator-definitions 4, State).</summary>
internal struct ProductionSums : IMergeable<ProductionSums>
{
    /// <summary>Rows and times.</summary>
    public RowEvidence Rows;

    /// <summary>Rows with valid q_good.</summary>
    public uint ValidOutputRows;

    /// <summary>Rows without.</summary>
    public uint MissingOutputRows;

    /// <summary>Rows with q_good above zero.</summary>
    public uint ProducingRows;

    /// <summary>Sum of valid q_good.</summary>
    public Sum96 Output;

    /// <summary>Labour input and its output.</summary>
    public InputSums Labour;

    /// <summary>Machine input and its output.</summary>
    public InputSums Machine;

    /// <inheritdoc/>
    public void Merge(ProductionSums other)
    {
        Rows.Merge(other.Rows);
        Rows.CheckShort();
        ValidOutputRows += other.ValidOutputRows;
        MissingOutputRows += other.MissingOutputRows;
        ProducingRows += other.ProducingRows;
        Output.Add(other.Output);
        Labour.Merge(other.Labour);
        Machine.Merge(other.Machine);
    }
}
