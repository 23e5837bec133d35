namespace IndicatorCore.Registry;

/// <summary>Something countable: a base station, an edge node, or what the zone table counts (interface 2, assets).</summary>
public sealed record AssetRecord
{
    /// <summary>资产编号: counted once whatever the number of rows; of a firm its credit code.</summary>
    public required string Asset { get; init; }

    /// <summary>资产类型: macro, micro, prru, edge and the like; Chinese names too.</summary>
    public required string Kind { get; init; }

    /// <summary>工厂编号, or null.</summary>
    public string? Factory { get; init; }

    /// <summary>先导区: the zones that it stands in of itself: none, one or several.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>生效日期 to 失效日期.</summary>
    public DayBounds Valid { get; init; }
}
