namespace IndicatorCore.Indicators.Phases;

/// <summary>What a production cell says of one input kind.</summary>
/// <param name="Output">Output of rows with both.</param>
/// <param name="Input">Input of rows with both.</param>
/// <param name="InputWithoutOutput">Input of rows without output.</param>
/// <param name="Rows">Rows with both.</param>
internal readonly record struct InputKindSums(Int128 Output, Int128 Input, Int128 InputWithoutOutput, long Rows);
