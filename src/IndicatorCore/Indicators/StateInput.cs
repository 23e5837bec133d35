namespace IndicatorCore.Indicators;

/// <summary>What a state covers of one input (decisions D5).</summary>
/// <param name="Name">What the input was called where it was read.</param>
/// <param name="Fingerprint">The fingerprint of its content, or null where it has none.</param>
/// <param name="Batches">The batches that are covered: first inclusive, end exclusive, ascending.</param>
public sealed record StateInput(string Name, string? Fingerprint, IReadOnlyList<(long First, long End)> Batches);
