namespace IndicatorCore.Aggregation;

/// <summary>A grid cell of a scope in a pane: floor and cell indices are part of the key.</summary>
internal readonly record struct GridKey(Leaf Leaf, int Pane, int Floor, long X, long Y);
