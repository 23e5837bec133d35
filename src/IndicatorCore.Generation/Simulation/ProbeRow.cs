using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Simulation;

/// <summary>A round trip; times in UTC milliseconds.</summary>
internal struct ProbeRow
{
    public DeviceModel Device;

    /// <summary>When it was sent, by the sender's clock.</summary>
    public long Stamp;
    public long ReceivedTime;

    /// <summary>The sequence number as the sender writes it, 16 bits wide.</summary>
    public long Number;

    /// <summary>Milliseconds; null is lost, NaN was not kept.</summary>
    public double? Latency;
    public bool IsLost;
}
