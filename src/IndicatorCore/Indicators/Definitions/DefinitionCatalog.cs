using IndicatorCore.Aggregation;
using IndicatorCore.Registry;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Every definition, ordered by id.</summary>
internal static class DefinitionCatalog
{
    /// <summary>All definitions.</summary>
    public static IReadOnlyList<IndicatorDefinition> All { get; } = [.. WithAverages(
    [
        new AssetCountDefinition("bs_macro", AssetKinds.Macro, "5G宏站数", "5G macro base stations", "micro stations and pRRUs apart"),
        new AssetCountDefinition("bs_micro", AssetKinds.Micro, "5G微站数", "5G micro base stations", "macro stations and pRRUs apart"),
        new StationDensityDefinition(),
        new CapacityDefinition(),
        new ConcurrencyDefinition(),
        new LongSessionDefinition(),
        EnterpriseFigureDefinition.CostOfRevenue,
        new CostReductionDefinition(),
        new CoveredAreaDefinition(),
        new GridCoverageDefinition(),
        new SampleCoverageDefinition(),
        new CoverageTimeDefinition(),
        new CompletenessDefinition(),
        RowQualityDefinition.Consistency,
        new TimelinessDefinition(),
        RowQualityDefinition.Uniqueness,
        RowQualityDefinition.Validity,
        new AssetCountDefinition("edge_nodes", AssetKinds.Edge, "边缘计算节点数", "Edge computing nodes", "one a set of equipment"),
        new EfficiencyGainDefinition(),
        new EnergyIntensityDefinition(),
        new EnergyDefinition(),
        new FirstPassYieldDefinition(),
        new JitterDefinition(),
        new NetworkingRateDefinition(),
        new FiveGNetworkingRateDefinition(),
        EnterpriseFigureDefinition.LabourProductivity,
        new LatencyDefinition(50),
        new LatencyDefinition(95),
        new LatencyDefinition(99),
        new AvailabilityDefinition(),
        new LossDefinition(),
        StopDefinition.BetweenFailures,
        StopDefinition.ToRepair,
        new FiveGDeviceCountDefinition(terminals: true),
        new FiveGDeviceCountDefinition(terminals: false),
        new OeeDefinition(),
        new OnlineShareDefinition(),
        new AssetCountDefinition("prru", AssetKinds.Prru, "5G室分系统pRRU数", "5G indoor remote units (pRRU)", "no base stations"),
        new ReliabilityDefinition(),
        new RadioPowerDefinition(),
        new RadioValueDefinition(ValueKind.Rsrp, 5),
        new RadioValueDefinition(ValueKind.Rsrp, 50),
        new ScenarioCountDefinition(),
        new EvidencedScenarioDefinition(),
        new ScenarioRuleDefinition(),
        new ScrapRateDefinition(),
        new SecurityItemsDefinition(),
        new RadioValueDefinition(ValueKind.Sinr, 5),
        new RadioValueDefinition(ValueKind.Sinr, 50),
        new SystemCountDefinition(),
        new ThroughputDefinition(),
        new AssetCountDefinition("zone_5g_factories", "5g_factory", "国家级、省级5G工厂数量", "National and provincial 5G factories", "a factory on both lists counts once"),
        new AssetCountDefinition("zone_demonstrations", "demonstration", "试点示范、典型案例、解决方案等数量", "Demonstrations and model cases", "each by its id"),
        new AssetCountDefinition("zone_events", "event", "招商引资、对接交流、人才培训等活动次数", "Events", "each by its id, from its date on"),
        new AssetCountDefinition("zone_ip", "ip", "相关知识产权数量", "Intellectual property", "each by its id"),
        new AssetCountDefinition("zone_labs", "lab", "工业互联网实验室或创新中心数量", "Laboratories and innovation centres", "each by its id"),
        new AssetCountDefinition("zone_platforms", "platform", "国家级、省级工业互联网平台数量", "Industrial internet platforms", "a platform on both lists counts once"),
        new AssetCountDefinition("zone_quality_firms", "quality_firm", "规上工业企业中优质企业数量", "Quality firms", "a firm with two titles counts once"),
        new ZoneScoreDefinition(),
        new AssetCountDefinition("zone_solution_providers", "solution_provider", "工业互联网解决方案提供商数量", "Solution providers", "a firm counts once"),
        new AssetCountDefinition("zone_standards", "standard", "5G和工业互联网相关标准数量", "Standards on 5G and industrial internet", "each by its id"),
        new AssetCountDefinition("zone_talents", "talent", "引进和培育高水平技术技能人才数量", "Skilled talents", "each person by id"),
    ]).OrderBy(static definition => definition.Description.Id, StringComparer.Ordinal)];

    // the figures by which factories are compared have their average factory beside them
    private static IEnumerable<IndicatorDefinition> WithAverages(IReadOnlyList<IndicatorDefinition> definitions) => definitions.Concat(
        definitions.Where(static definition => definition.Description.Id is "knr" or "cov_grid" or "cov_sample" or "cov_time" or "eff_gain" or "cost_red" or "oee")
            .SelectMany<IndicatorDefinition, IndicatorDefinition>(static definition => [new FactoryAverageDefinition(definition, isMedian: true), new FactoryAverageDefinition(definition, isMedian: false)]));
}
