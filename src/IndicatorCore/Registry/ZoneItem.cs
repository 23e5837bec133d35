namespace IndicatorCore.Registry;

/// <summary>A third-level item of the zone table.</summary>
/// <param name="Name">三级指标: its name in results.</param>
/// <param name="Group">一级指标.</param>
/// <param name="Cap">分值: the most points.</param>
/// <param name="IsCountable">Whether it is a quantity, else a judgement of experts.</param>
/// <param name="Heading">The notice's own heading where <paramref name="Name"/> abridges it, else null; what stands in brackets behind it is left out.</param>
internal sealed record ZoneItem(string Name, string Group, int Cap, bool IsCountable, string? Heading = null);
