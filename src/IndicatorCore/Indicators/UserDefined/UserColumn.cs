using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.UserDefined;

/// <summary>A column in a role.</summary>
/// <param name="Name">The canonical column, or the column as the export calls it.</param>
/// <param name="Role">What it is read as.</param>
/// <param name="Measure">How a measure is read; null for other roles.</param>
internal sealed record UserColumn(string Name, UserColumnRole Role, UserMeasure? Measure)
{
    /// <summary>The device of a row.</summary>
    public static UserColumn Device { get; } = new("device", UserColumnRole.Key, null);

    /// <summary>The product of a row.</summary>
    public static UserColumn Product { get; } = new("product", UserColumnRole.Key, null);

    /// <summary>The column in one spelling: equal columns have equal keys.</summary>
    public string Key { get; } = $"{Role}:{Name.Length}:{Name}{(Measure is null ? string.Empty : $"[{Measure.Key}]")}";

    /// <summary>The lane that a key column shares with the rows' scope, or null.</summary>
    public Lane? ScopeLane => Role != UserColumnRole.Key ? null : Name switch
    {
        "device" => Lane.Device,
        "line" => Lane.Line,
        "factory" => Lane.Factory,
        "workshop" => Lane.Workshop,
        "product" => Lane.Product,
        _ => null,
    };
}
