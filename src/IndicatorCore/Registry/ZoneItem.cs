namespace IndicatorCore.Registry;

/// <summary>A third-level item of the zone table.</summary>
/// <param name="Name">三级指标, as printed.</param>
/// <param name="Group">一级指标.</param>
/// <param name="Cap">分值: the most points.</param>
/// <param name="IsCountable">Whether it is a quantity, else a judgement of experts.</param>
internal sealed record ZoneItem(string Name, string Group, int Cap, bool IsCountable);
