namespace IndicatorCore.Registry;

/// <summary>What the telemetry cannot know: which devices exist, which of them are key, where they stand, and since when (interface 2).</summary>
public sealed record IndicatorRegistry
{
    /// <summary>Devices, in file order.</summary>
    public IReadOnlyList<DeviceRecord> Devices { get; init; } = [];

    /// <summary>Lines, in file order.</summary>
    public IReadOnlyList<LineRecord> Lines { get; init; } = [];

    /// <summary>Factories, in file order.</summary>
    public IReadOnlyList<FactoryRecord> Factories { get; init; } = [];

    /// <summary>Target cells, in file order.</summary>
    public IReadOnlyList<GridCellRecord> GridCells { get; init; } = [];

    /// <summary>Pilot zones, in file order.</summary>
    public IReadOnlyList<ZoneRecord> Zones { get; init; } = [];

    /// <summary>Declared figures, in file order.</summary>
    public IReadOnlyList<DeclaredRecord> Declared { get; init; } = [];

    /// <summary>Declared application scenarios, in file order.</summary>
    public IReadOnlyList<ScenarioRecord> Scenarios { get; init; } = [];

    /// <summary>Key systems, in file order.</summary>
    public IReadOnlyList<SystemRecord> Systems { get; init; } = [];

    /// <summary>Countable assets, in file order.</summary>
    public IReadOnlyList<AssetRecord> Assets { get; init; } = [];

    /// <summary>Times of planned operation, in file order.</summary>
    public IReadOnlyList<CalendarRecord> Calendar { get; init; } = [];

    /// <summary>Shifts of the factories, in file order.</summary>
    public IReadOnlyList<ShiftRecord> Shifts { get; init; } = [];

    /// <summary>Projects, in file order.</summary>
    public IReadOnlyList<ProjectRecord> Projects { get; init; } = [];

    /// <summary>Price indices of cost elements, in file order.</summary>
    public IReadOnlyList<PriceIndexRecord> PriceIndex { get; init; } = [];

    /// <summary>SHA-256 of the registry's content in a canonical form, lower-case hexadecimal; empty when made in memory.</summary>
    public string Digest { get; init; } = string.Empty;
}
