namespace IndicatorCore.Aggregation;

/// <summary>A line's product and unit in a pane.</summary>
internal readonly record struct ProductionKey(Leaf Leaf, int Unit, int Pane);
