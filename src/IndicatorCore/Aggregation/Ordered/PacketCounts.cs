namespace IndicatorCore.Aggregation.Ordered;

/// <summary>What became of the packets of a sequence in a window.</summary>
internal struct PacketCounts
{
    /// <summary>Packets that must have been sent.</summary>
    public long Expected;

    /// <summary>Those of them that came, each once, whenever that was.</summary>
    public long Received;

    /// <summary>Packets that had come before.</summary>
    public long Duplicates;

    /// <summary>Packets that came after one with a higher number.</summary>
    public long Reordered;

    /// <summary>Packets that must have been sent and never came.</summary>
    public readonly long Lost => Expected - Received;

    /// <summary>Adds other packets.</summary>
    public void Add(PacketCounts other)
    {
        Expected = checked(Expected + other.Expected);
        Received += other.Received;
        Duplicates += other.Duplicates;
        Reordered += other.Reordered;
    }
}
