namespace IndicatorCore.Adapters.Csv;

/// <summary>What an import made.</summary>
/// <param name="Tables">One entry an output file, in the order of the inputs.</param>
public sealed record ImportSummary(IReadOnlyList<ImportedTable> Tables);
