namespace IndicatorCore.Generation.Expectations;

/// <summary>What passed between readings of a counter; time in milliseconds.</summary>
internal sealed class CounterCount
{
    public Int128 Bytes { get; set; }

    public Int128 Milliseconds { get; set; }

    public long Resets { get; set; }

    public void Add(CounterCount other)
    {
        Bytes += other.Bytes;
        Milliseconds += other.Milliseconds;
        Resets += other.Resets;
    }
}
