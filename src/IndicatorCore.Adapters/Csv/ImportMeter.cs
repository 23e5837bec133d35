namespace IndicatorCore.Adapters.Csv;

/// <summary>Counts bytes and rows for the progress of an import.</summary>
internal sealed class ImportMeter(IProgress<CsvImportProgress>? progress, long bytesTotal)
{
    private long _bytesBefore;
    private long _rows;

    /// <summary>Rows written of the table at hand.</summary>
    public long RowsOfTable { get; private set; }

    public void RowWritten()
    {
        _rows++;
        RowsOfTable++;
    }

    public void Report(string input, long bytes) =>
        progress?.Report(new CsvImportProgress(input, Math.Min(_bytesBefore + bytes, bytesTotal), bytesTotal, _rows));

    public void EndInput(string input, long bytes)
    {
        Report(input, bytes);
        _bytesBefore += bytes;
    }

    /// <summary>Begins the next table.</summary>
    public void EndTable() => RowsOfTable = 0;
}
