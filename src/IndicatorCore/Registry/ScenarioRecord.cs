namespace IndicatorCore.Registry;

/// <summary>An application scenario that a factory declares (interface 2, scenarios).</summary>
public sealed record ScenarioRecord
{
    /// <summary>工厂编号, or null.</summary>
    public string? Factory { get; init; }

    /// <summary>应用场景: the name as declared, canonical or not.</summary>
    public required string Scenario { get; init; }

    /// <summary>设备编号: the devices and applications bound to it, by the ids that their data carries.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>生效日期 to 失效日期.</summary>
    public DayBounds Valid { get; init; }
}
