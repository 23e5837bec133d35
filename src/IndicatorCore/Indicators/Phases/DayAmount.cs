namespace IndicatorCore.Indicators.Phases;

/// <summary>What a stratum made and used on one local day of a phase.</summary>
/// <param name="Phase">0 = baseline, 1 = after.</param>
/// <param name="Day">The local day.</param>
/// <param name="Output">Output, 10⁻⁶ of the unit.</param>
/// <param name="Input">Input at 10⁻⁶ s, or cost at 10⁻⁴ CNY.</param>
internal readonly record struct DayAmount(int Phase, int Day, Int128 Output, Int128 Input);
