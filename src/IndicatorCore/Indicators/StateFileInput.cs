namespace IndicatorCore.Indicators;

/// <summary>An input as a state file tells of it.</summary>
/// <param name="Input">What was read of it.</param>
/// <param name="BatchTotal">How many batches it has.</param>
/// <param name="Batches">Those that the state covers: first inclusive, end exclusive, ascending.</param>
public sealed record StateFileInput(ManifestInput Input, long BatchTotal, IReadOnlyList<(long First, long End)> Batches);
