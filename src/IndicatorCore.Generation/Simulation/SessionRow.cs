using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Simulation;

/// <summary>A packet data session, or a part of one; times in UTC milliseconds.</summary>
internal struct SessionRow
{
    public DeviceModel Device;
    public long Start;

    /// <summary>Null where it was never told.</summary>
    public long? End;

    /// <summary>The session's number; two rows of one device may have the same.</summary>
    public long Id;
}
