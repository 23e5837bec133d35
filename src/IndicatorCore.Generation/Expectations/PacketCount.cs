namespace IndicatorCore.Generation.Expectations;

/// <summary>What sequence numbers tell (indicator-definitions 6).</summary>
internal sealed class PacketCount
{
    public long Expected { get; set; }

    public long Received { get; set; }

    public long Duplicates { get; set; }

    public long Reordered { get; set; }

    public void Add(PacketCount other)
    {
        Expected += other.Expected;
        Received += other.Received;
        Duplicates += other.Duplicates;
        Reordered += other.Reordered;
    }
}
