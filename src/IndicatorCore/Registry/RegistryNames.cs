namespace IndicatorCore.Registry;

/// <summary>What a registry has, by name.</summary>
internal sealed class RegistryNames(IndicatorRegistry registry)
{
    /// <summary>Factories.</summary>
    public HashSet<string> Factories { get; } = [.. registry.Factories.Select(static row => row.Factory)];

    /// <summary>Lines.</summary>
    public HashSet<string> Lines { get; } = [.. registry.Lines.Select(static row => row.Line)];

    /// <summary>Devices.</summary>
    public HashSet<string> Devices { get; } = [.. registry.Devices.Select(static row => row.Device)];

    /// <summary>Zones with a row of their own.</summary>
    public HashSet<string> Zones { get; } = [.. registry.Zones.Select(static row => row.Zone)];

    /// <summary>Parks that a factory lies in.</summary>
    public HashSet<string> Parks { get; } = [.. registry.Factories.SelectMany(static row => row.Parks)];
}
