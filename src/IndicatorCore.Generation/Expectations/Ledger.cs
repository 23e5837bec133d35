using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Expectations;

/// <summary>What is kept while rows are made, so that the answers are known without reading a byte back. Counters and bitmaps only.</summary>
internal sealed class Ledger(ProvinceModel province)
{
    public ProvinceModel Province { get; } = province;

    public EventClock Clock { get; } = new();

    public NetworkingLedger Networking { get; } = new(province);

    public CoverageLedger Coverage { get; } = new(province);

    public ProductionLedger Production { get; } = new(province);

    public CostLedger Cost { get; } = new(province);

    public EnergyLedger Energy { get; } = new(province);

    public LatencyLedger Latency { get; } = new(province);

    public RadioValueLedger RadioValues { get; } = new(province);

    public SupportLedger Support { get; } = new(province);

    /// <summary>Whether production rows have actual and ideal times and what was started; probes have deadlines along with them.</summary>
    public bool HasIdealTimes { get; set; }

    /// <summary>Whether any file has the columns of cost: a calendar without a whole month has no such rows, and no file without rows is written.</summary>
    public bool HasCostColumns { get; set; }

    /// <summary>Whether probes have deadlines.</summary>
    public bool HasDeadlines { get; set; }

    // What is made again row by row when answers are asked for; null where the layout has no such table, or no source says how long rows hold.
    public PacketLedger? Packets { get; set; }

    public CounterLedger? Counters { get; set; }

    public SessionLedger? Sessions { get; set; }

    public StopLedger? Stops { get; set; }

    public ReadingLedger? Readings { get; set; }

    public DeviceTimeLedger? Availability { get; set; }

    public DeviceTimeLedger? CoveredTime { get; set; }
}
