using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Every definition, ordered by id.</summary>
internal static class DefinitionCatalog
{
    /// <summary>All definitions.</summary>
    public static IReadOnlyList<IndicatorDefinition> All { get; } =
    [
        new CapacityDefinition(),
        new ConcurrencyDefinition(),
        new LongSessionDefinition(),
        new GridCoverageDefinition(),
        new SampleCoverageDefinition(),
        new CoverageTimeDefinition(),
        new CostReductionDefinition(),
        new EfficiencyGainDefinition(),
        new EnergyDefinition(),
        new JitterDefinition(),
        new NetworkingRateDefinition(),
        new LatencyDefinition(50),
        new LatencyDefinition(95),
        new LatencyDefinition(99),
        new AvailabilityDefinition(),
        new LossDefinition(),
        new ReliabilityDefinition(),
        new RadioValueDefinition(ValueKind.Rsrp, 5),
        new RadioValueDefinition(ValueKind.Rsrp, 50),
        new RadioValueDefinition(ValueKind.Sinr, 5),
        new RadioValueDefinition(ValueKind.Sinr, 50),
        new ThroughputDefinition(),
    ];
}
