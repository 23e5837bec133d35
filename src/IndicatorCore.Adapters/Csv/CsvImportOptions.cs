namespace IndicatorCore.Adapters.Csv;

/// <summary>How <see cref="CsvImporter"/> lays out its output.</summary>
public sealed record CsvImportOptions
{
    /// <summary>Rows a record batch.</summary>
    public int BatchRows { get; init; } = 65_536;

    /// <summary>Distinct values up to which a text column is dictionary-encoded; a column with more is plain utf8.</summary>
    public int DictionaryLimit { get; init; } = 4_096;

    /// <summary>Whether buffers are compressed (LZ4 frames).</summary>
    public bool Compress { get; init; } = true;
}
