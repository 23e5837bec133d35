namespace IndicatorCore.Generation;

/// <summary>One Arrow IPC file or stream that was written.</summary>
/// <param name="Name">The file name inside the output folder.</param>
/// <param name="Table">The table that its rows belong to.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Batches">Its record batches.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="ReplayOf">The name of the file of which this one is a byte-identical copy, or null.</param>
public sealed record GeneratedFile(string Name, string Table, long Rows, int Batches, long Bytes, string? ReplayOf = null);
