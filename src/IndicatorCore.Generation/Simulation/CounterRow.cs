namespace IndicatorCore.Generation.Simulation;

/// <summary>A reading of a byte counter; time in UTC milliseconds.</summary>
internal struct CounterRow
{
    /// <summary>The number of the factory whose base station counts.</summary>
    public int Factory;

    /// <summary>0 = down, 1 = up.</summary>
    public int Direction;
    public long Time;
    public long Bytes;
    public long Bits;
    public long Capacity;
}
