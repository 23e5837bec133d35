namespace IndicatorCore.Registry;

/// <summary>A physical asset and where it stands (interface 2, devices). Several rows with one id follow each other in time.</summary>
public sealed record DeviceRecord
{
    /// <summary>设备编号: the asset id.</summary>
    public required string Device { get; init; }

    /// <summary>产线编号, or null.</summary>
    public string? Line { get; init; }

    /// <summary>是否关键设备.</summary>
    public bool IsKey { get; init; }

    /// <summary>设备类型: module, gateway, cpe, pad, machine and the like, or null.</summary>
    public string? Kind { get; init; }

    /// <summary>所属网关: the gateway behind which it is connected, or null.</summary>
    public string? Behind { get; init; }

    /// <summary>接入方式: nr, lte, wifi, wired and the like, or null.</summary>
    public string? Access { get; init; }

    /// <summary>生效日期 to 失效日期.</summary>
    public DayBounds Valid { get; init; }
}
