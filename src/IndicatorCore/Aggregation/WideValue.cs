namespace IndicatorCore.Aggregation;

/// <summary>A value that four bytes do not hold.</summary>
/// <param name="Value">The value.</param>
/// <param name="Previous">The place of the slot's previous wide value + 1, 0 = none.</param>
internal readonly record struct WideValue(long Value, int Previous);
