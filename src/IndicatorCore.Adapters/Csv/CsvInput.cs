using CsvHelper;
using IndicatorCore.Errors;
using IndicatorCore.Sources;

namespace IndicatorCore.Adapters.Csv;

/// <summary>One CSV file: its settings, its headings, and a way to read its rows again.</summary>
internal sealed class CsvInput
{
    private const int BufferBytes = 1 << 18;
    private const int MaxRecordBytes = 1 << 26;

    private readonly DateTime _lastWrite;

    public CsvInput(string path, SourceSettings settings)
    {
        Path = path;
        Settings = settings;
        (Bytes, _lastWrite) = State(path);
        using var rows = Open();
        Headings = rows.Headings;
    }

    public string Path { get; }

    public SourceSettings Settings { get; }

    /// <summary>The size of the file.</summary>
    public long Bytes { get; }

    /// <summary>The headings, trimmed; made different from each other where they are not.</summary>
    public IReadOnlyList<string> Headings { get; }

    /// <summary>Opens the file at its first row.</summary>
    public CsvRows Open()
    {
        var encoding = Settings.Encoding is null ? null : TextEncodings.TryGet(Settings.Encoding);
        var location = new DataLocation(File: Path);
        var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
        var options = new CsvReaderOptions
        {
            BufferSize = BufferBytes,
            Encoding = encoding is null || encoding.Equals(TextEncodings.Utf8) ? null : encoding,
            HasHeader = false,
            MaxRecordSize = MaxRecordBytes,
            OnMalformedRecord = record => Judge(record, location),
            PoolStrings = true,
            Separator = Settings.Delimiter is { } delimiter ? delimiter[0] : ',',
            TrackLineNumbers = true,
        };
        return new CsvRows(CsvReader.Create(stream, options), stream, location);
    }

    /// <summary>Holds the file against what it was when the import began.</summary>
    /// <exception cref="InputChangedException">Its size or time of change is another.</exception>
    public void ThrowIfChanged()
    {
        if (State(Path) != (Bytes, _lastWrite))
        {
            throw new InputChangedException("The file changed while it was being read", new DataLocation(File: Path));
        }
    }

    private static (long Bytes, DateTime LastWrite) State(string path)
    {
        var file = new FileInfo(path);
        return (file.Length, file.LastWriteTimeUtc);
    }

    // a quote inside plain text (5" pipe) is text; anything else means that fields are not where they seem
    private static void Judge(CsvMalformedRecord record, DataLocation location)
    {
        if (record.Reason is not CsvMalformedReason.StrayQuote)
        {
            throw new ConfigurationException(
                record.Reason == CsvMalformedReason.UnterminatedQuote ? "A quoted field is never closed" : "Text follows the closing quote of a field",
                location with { Row = record.LineNumber > 0 ? record.LineNumber : null },
                "Double the quotes inside quoted fields, and check the \"delimiter\" of the source profile.");
        }
    }
}
