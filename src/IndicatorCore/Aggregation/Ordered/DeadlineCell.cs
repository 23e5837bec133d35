namespace IndicatorCore.Aggregation.Ordered;

/// <summary>Packets with a deadline.</summary>
internal struct DeadlineCell : IMergeable<DeadlineCell>
{
    /// <summary>Packets sent: received or lost.</summary>
    public long Sent;

    /// <summary>Packets received within their deadline.</summary>
    public long InTime;

    /// <inheritdoc/>
    public void Merge(DeadlineCell other)
    {
        Sent += other.Sent;
        InTime += other.InTime;
    }
}
