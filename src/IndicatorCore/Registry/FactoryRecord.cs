namespace IndicatorCore.Registry;

/// <summary>A factory and the sets that it belongs to (interface 2, factories).</summary>
public sealed record FactoryRecord
{
    /// <summary>工厂编号.</summary>
    public required string Factory { get; init; }

    /// <summary>工厂名称, or null.</summary>
    public string? Name { get; init; }

    /// <summary>企业名称, or null.</summary>
    public string? Enterprise { get; init; }

    /// <summary>统一社会信用代码, or null.</summary>
    public string? CreditCode { get; init; }

    /// <summary>市, or null.</summary>
    public string? City { get; init; }

    /// <summary>区县, or null.</summary>
    public string? District { get; init; }

    /// <summary>省, or null.</summary>
    public string? Province { get; init; }

    /// <summary>行业, or null.</summary>
    public string? Industry { get; init; }

    /// <summary>类别: 产线级, 车间级 or 工厂级, or null.</summary>
    public string? Class { get; init; }

    /// <summary>园区: none, one or several.</summary>
    public IReadOnlyList<string> Parks { get; init; } = [];

    /// <summary>先导区: none, one or several.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>运营商: none, one or several.</summary>
    public IReadOnlyList<string> Operators { get; init; } = [];

    /// <summary>Every other column by its printed heading.</summary>
    public IReadOnlyDictionary<string, string> Additional { get; init; } = new Dictionary<string, string>();

    /// <summary>生效日期 to 失效日期.</summary>
    public DayBounds Valid { get; init; }
}
