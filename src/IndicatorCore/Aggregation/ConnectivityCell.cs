namespace IndicatorCore.Aggregation;

/// <summary>Connectivity rows of a slot.</summary>
internal struct ConnectivityCell : IMergeable<ConnectivityCell>
{
    /// <summary>Rows and times.</summary>
    public RowEvidence Rows;

    /// <summary>Rows whose device and online state are known.</summary>
    public long Valid;

    /// <summary>Rows without a device, or with online null.</summary>
    public long Missing;

    /// <inheritdoc/>
    public void Merge(ConnectivityCell other)
    {
        Rows.Merge(other.Rows);
        Valid += other.Valid;
        Missing += other.Missing;
    }
}
