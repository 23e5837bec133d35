namespace IndicatorCore.Registry;

/// <summary>A 5G factory project and what it covers (interface 2, projects; indicator-definitions 1.1).</summary>
public sealed record ProjectRecord
{
    /// <summary>项目编号.</summary>
    public required string Project { get; init; }

    /// <summary>类别: 产线级, 车间级 or 工厂级.</summary>
    public required string Class { get; init; }

    /// <summary>工厂编号, or null.</summary>
    public string? Factory { get; init; }

    /// <summary>实施范围: lines, workshops or factories by their ids; empty = all of <see cref="Factory"/>.</summary>
    public IReadOnlyList<string> Scope { get; init; } = [];
}
