namespace IndicatorCore.Indicators.Definitions;

/// <summary>Every definition, ordered by id.</summary>
internal static class DefinitionCatalog
{
    /// <summary>All definitions.</summary>
    public static IReadOnlyList<IndicatorDefinition> All { get; } =
    [
        new GridCoverageDefinition(),
        new SampleCoverageDefinition(),
        new CostReductionDefinition(),
        new EfficiencyGainDefinition(),
        new EnergyDefinition(),
        new NetworkingRateDefinition(),
        new FiveGNetworkingRateDefinition(),
        new LatencyDefinition(50),
        new LatencyDefinition(95),
        new LatencyDefinition(99),
        new FiveGDeviceCountDefinition(terminals: true),
        new FiveGDeviceCountDefinition(terminals: false),
        new OnlineShareDefinition(),
    ];
}
