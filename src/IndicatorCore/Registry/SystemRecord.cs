namespace IndicatorCore.Registry;

/// <summary>A key information or production system of a factory (interface 2, systems).</summary>
public sealed record SystemRecord
{
    /// <summary>工厂编号, or null.</summary>
    public string? Factory { get; init; }

    /// <summary>系统名称: a code such as MES, or a name.</summary>
    public required string System { get; init; }

    /// <summary>生效日期 to 失效日期.</summary>
    public DayBounds Valid { get; init; }
}
