namespace IndicatorCore.Aggregation;

/// <summary>Probes of a slot by what became of them; the latencies themselves are kept beside (<see cref="QuantileStore"/>).</summary>
internal struct ProbeCell : IMergeable<ProbeCell>
{
    /// <summary>Rows and times.</summary>
    public RowEvidence Rows;

    /// <summary>Packets that came back with a valid latency.</summary>
    public long Valid;

    /// <summary>Packets that were lost.</summary>
    public long Lost;

    /// <summary>Rows whose latency is MISSING (NaN): neither sent nor received.</summary>
    public long Missing;

    /// <summary>Rows whose latency is INVALID: neither sent nor received.</summary>
    public long Invalid;

    /// <inheritdoc/>
    public void Merge(ProbeCell other)
    {
        Rows.Merge(other.Rows);
        Valid += other.Valid;
        Lost += other.Lost;
        Missing += other.Missing;
        Invalid += other.Invalid;
    }
}
