namespace IndicatorCore.Generation;

/// <summary>How far a generation is.</summary>
/// <param name="Rows">Rows written so far, replayed files not counted.</param>
/// <param name="PlannedRows">Rows that will be written at most.</param>
/// <param name="Table">The table being written.</param>
public readonly record struct GenerationProgress(long Rows, long PlannedRows, string Table);
