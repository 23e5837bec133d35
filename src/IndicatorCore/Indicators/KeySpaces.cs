using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators;

/// <summary>The key tables of one engine, shared by its workers.</summary>
internal sealed class KeySpaces(MemoryBudget budget)
{
    /// <summary>Devices; the registry's come first.</summary>
    public KeyTable Devices { get; } = new("device", budget);

    /// <summary>Lines; the registry's come first.</summary>
    public KeyTable Lines { get; } = new("line", budget);

    /// <summary>Factories; the registry's come first.</summary>
    public KeyTable Factories { get; } = new("factory", budget);

    /// <summary>Workshops.</summary>
    public KeyTable Workshops { get; } = new("workshop", budget);

    /// <summary>Products.</summary>
    public KeyTable Products { get; } = new("product", budget);

    /// <summary>Units of output.</summary>
    public KeyTable Units { get; } = new("unit", budget);

    /// <summary>Cost elements.</summary>
    public KeyTable Elements { get; } = new("element", budget);

    /// <summary>Ready-made grid keys.</summary>
    public KeyTable Grids { get; } = new("grid", budget);
}
