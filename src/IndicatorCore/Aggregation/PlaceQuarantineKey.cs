namespace IndicatorCore.Aggregation;

/// <summary>Quarantined rows of one table whose scope and pane are known.</summary>
internal readonly record struct PlaceQuarantineKey(PaneKey Place, QuarantineReason Reason);
