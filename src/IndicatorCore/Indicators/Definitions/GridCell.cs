namespace IndicatorCore.Indicators.Definitions;

/// <summary>A grid cell of a factory; -1 = an unknown factory.</summary>
internal readonly record struct GridCell(int Factory, int Floor, long X, long Y);
