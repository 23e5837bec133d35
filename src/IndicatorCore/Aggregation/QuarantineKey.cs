namespace IndicatorCore.Aggregation;

/// <summary>Quarantined rows whose table, scope and pane are known.</summary>
internal readonly record struct QuarantineKey(int Table, PaneKey Place, QuarantineReason Reason);
