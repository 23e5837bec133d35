namespace IndicatorCore.Aggregation.Ordered;

/// <summary>What a set of points is of.</summary>
/// <param name="Kind">The kind of the points.</param>
/// <param name="Leaf">The scope of their rows.</param>
/// <param name="Device">The device's number, or -1.</param>
/// <param name="Stream">The number of the flow or the counted object, or -1.</param>
/// <param name="Counter">The number of the counter's name, or -1.</param>
/// <param name="Direction">The number of the direction's name, or -1.</param>
internal readonly record struct PointKey(PointKind Kind, Leaf Leaf, int Device, int Stream = -1, int Counter = -1, int Direction = -1);
