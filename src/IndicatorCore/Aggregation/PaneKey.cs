namespace IndicatorCore.Aggregation;

/// <summary>A leaf in a pane: the place of a row in the state of its table.</summary>
internal readonly record struct PaneKey(Leaf Leaf, int Pane);
