namespace IndicatorCore.Aggregation.Ordered;

/// <summary>An object's points in a pane.</summary>
/// <param name="Leaf">The scope.</param>
/// <param name="Object">The object's number among elements, such as a meter's; -1 where the leaf is the object.</param>
/// <param name="Pane">The pane of the points' times.</param>
internal readonly record struct TimedValueKey(Leaf Leaf, int Object, int Pane);
