using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Simulation;

/// <summary>A heartbeat; times in UTC milliseconds.</summary>
internal struct ConnectivityRow
{
    public DeviceModel Device;
    public long? EventTime;
    public long IngestTime;
    public bool? Online;
    public string Link;
    public long Sequence;
}
