namespace IndicatorCore.Indicators.Definitions;

/// <summary>Every definition, ordered by id.</summary>
internal static class DefinitionCatalog
{
    /// <summary>All definitions.</summary>
    public static IReadOnlyList<IndicatorDefinition> All { get; } =
    [
        new GridCoverageDefinition(),
        new SampleCoverageDefinition(),
        EnterpriseFigureDefinition.CostOfRevenue,
        new CostReductionDefinition(),
        new EfficiencyGainDefinition(),
        new EnergyIntensityDefinition(),
        new EnergyDefinition(),
        new FirstPassYieldDefinition(),
        new NetworkingRateDefinition(),
        EnterpriseFigureDefinition.LabourProductivity,
        new LatencyDefinition(50),
        new LatencyDefinition(95),
        new LatencyDefinition(99),
        StopDefinition.BetweenFailures,
        StopDefinition.ToRepair,
        new OeeDefinition(),
        new ScrapRateDefinition(),
    ];
}
