namespace IndicatorCore.Aggregation;

/// <summary>Where values of a quantile are kept.</summary>
/// <param name="Kind">Which quantity, numbered by who keeps it.</param>
/// <param name="Place">The leaf and pane.</param>
internal readonly record struct QuantileKey(int Kind, PaneKey Place);
