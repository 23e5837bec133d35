using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Simulation;

/// <summary>A radio sample; times in UTC milliseconds, levels in tenths of a decibel, places in centimetres.</summary>
internal struct RadioRow
{
    public DeviceModel Device;
    public long? EventTime;
    public long IngestTime;
    public string? Cell;
    public string? Rat;
    public Level Rsrp;
    public Level Sinr;
    public int? EastCentimetres;
    public int? NorthCentimetres;
    public int Floor;
    public long Sequence;
}
