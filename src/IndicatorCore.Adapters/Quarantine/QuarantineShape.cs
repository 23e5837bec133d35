namespace IndicatorCore.Adapters.Quarantine;

/// <summary>The table and columns of batches that are read alike.</summary>
/// <param name="Table">The table.</param>
/// <param name="Columns">The columns kept.</param>
internal sealed record QuarantineShape(string Table, QuarantineColumnShape[] Columns);
