namespace IndicatorCore.Aggregation;

/// <summary>
/// Exact sums of the elements of overall equipment effectiveness (indicator-definitions 7): times at 10⁻⁶ s, products of time and quantity at
/// 10⁻¹² s. A row's product is below <see cref="MostProduct"/> and a slot has fewer than 2^32 rows, so that 128 bits cannot overflow.
/// </summary>
internal struct OeeSums : IMergeable<OeeSums>
{
    /// <summary>A row whose product of time and quantity is as large as this is invalid: 2^94 · 10⁻¹² s are some 600 million years.</summary>
    public static readonly Int128 MostProduct = Int128.One << 94;

    /// <summary>Rows and times.</summary>
    public RowEvidence Rows;

    /// <summary>Rows that count.</summary>
    public uint Valid;

    /// <summary>Rows with a missing element.</summary>
    public uint Missing;

    /// <summary>Rows with none missing and an invalid one.</summary>
    public uint Invalid;

    /// <summary>Planned busy time, PBT.</summary>
    public Sum96 Planned;

    /// <summary>Actual production time, APT.</summary>
    public Sum96 Actual;

    /// <summary>Planned run time of all output, PRI · PQ.</summary>
    public Int128 Produced;

    /// <summary>Planned run time of good output, PRI · GQ.</summary>
    public Int128 Good;

    /// <inheritdoc/>
    public void Merge(OeeSums other)
    {
        Rows.Merge(other.Rows);
        Rows.CheckShort();
        Valid += other.Valid;
        Missing += other.Missing;
        Invalid += other.Invalid;
        Planned.Add(other.Planned);
        Actual.Add(other.Actual);
        Produced += other.Produced;
        Good += other.Good;
    }
}
