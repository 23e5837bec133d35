using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Expectations;

/// <summary>What is kept while rows are made, so that the answers are known without reading a byte back. Counters and bitmaps only.</summary>
internal sealed class Ledger(ProvinceModel province)
{
    public EventClock Clock { get; } = new();

    public NetworkingLedger Networking { get; } = new(province);

    public CoverageLedger Coverage { get; } = new(province);

    public ProductionLedger Production { get; } = new(province);

    public CostLedger Cost { get; } = new(province);

    public EnergyLedger Energy { get; } = new(province);

    public LatencyLedger Latency { get; } = new(province);
}
