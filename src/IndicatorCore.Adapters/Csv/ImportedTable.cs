namespace IndicatorCore.Adapters.Csv;

/// <summary>One Arrow IPC file that an import made.</summary>
/// <param name="Path">The file.</param>
/// <param name="Table">The table that its metadata names.</param>
/// <param name="Inputs">The CSV files that it holds, in order.</param>
/// <param name="Rows">Its rows; no row of an input is left out.</param>
/// <param name="Quarantined">How many rows carry a quarantine reason, by reason.</param>
/// <param name="Columns">The canonical columns that it holds.</param>
/// <param name="Source">The effective source profile that its metadata carries, as JSON.</param>
public sealed record ImportedTable(
    string Path,
    string Table,
    IReadOnlyList<string> Inputs,
    long Rows,
    IReadOnlyDictionary<string, long> Quarantined,
    IReadOnlyList<string> Columns,
    string Source);
