namespace IndicatorCore.Aggregation.Ordered;

/// <summary>Rows of a table that order-dependent indicators are made of.</summary>
/// <param name="Table">The table's place in the catalogue.</param>
/// <param name="Place">The leaf and pane.</param>
/// <param name="Reason">Why they were quarantined, or <see cref="QuarantineReason.None"/>.</param>
internal readonly record struct ArrivalKey(int Table, PaneKey Place, QuarantineReason Reason);
