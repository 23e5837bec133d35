namespace IndicatorCore.Adapters.Csv;

/// <summary>How far an import is. Every input is read twice: once to find the types, once to write.</summary>
/// <param name="Input">The file being read.</param>
/// <param name="BytesRead">Bytes read so far, of both passes over all inputs.</param>
/// <param name="BytesTotal">Bytes that both passes will read.</param>
/// <param name="Rows">Rows written so far.</param>
public readonly record struct CsvImportProgress(string Input, long BytesRead, long BytesTotal, long Rows);
