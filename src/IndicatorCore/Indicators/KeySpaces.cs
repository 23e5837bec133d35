using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.UserDefined;

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

    /// <summary>Keys of other columns, which user-defined indicators name.</summary>
    public KeyTable Others { get; } = new("other", budget);

    /// <summary>The table of a key column's numbers.</summary>
    public KeyTable Of(UserColumn column) => column.ScopeLane switch
    {
        Lane.Device => Devices,
        Lane.Line => Lines,
        Lane.Factory => Factories,
        Lane.Workshop => Workshops,
        Lane.Product => Products,
        _ => Others,
    };
}
