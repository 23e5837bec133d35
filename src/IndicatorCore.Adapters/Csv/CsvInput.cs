using CsvHelper;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Sources;

namespace IndicatorCore.Adapters.Csv;

/// <summary>One CSV file: its settings, its headings, and a way to read its rows again.</summary>
internal sealed class CsvInput
{
    private const int BufferBytes = 1 << 18;
    private const int MaxRecordBytes = 1 << 24;

    private readonly FileStatus _status;

    public CsvInput(string path, SourceSettings settings)
    {
        Path = path;
        Settings = settings;
        _status = Regular(path);
        using var rows = Open();
        Headings = rows.Headings;
    }

    public string Path { get; }

    public SourceSettings Settings { get; }

    /// <summary>The size of the file.</summary>
    public long Bytes => _status.Length;

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
        return new CsvRows(CsvReader.Create(stream, options), stream, location, MaxRecordBytes);
    }

    /// <summary>Holds the file against what it was when the import began.</summary>
    /// <exception cref="InputChangedException">It was written to, replaced or removed.</exception>
    public void ThrowIfChanged()
    {
        if (FileStatus.Of(Path) != _status)
        {
            throw new InputChangedException(
                "The file changed while it was being read",
                new DataLocation(File: Path),
                "Export to another name and rename when finished, then run again.");
        }
    }

    private static FileStatus Regular(string path) => FileStatus.Of(path) switch
    {
        null => throw new FileNotFoundException($"'{path}' does not exist", path),
        { Kind: FileKind.Regular } found => found,
        { } other => throw new IOException($"'{path}' is {other.Description}; an import reads its input twice, so give a file"),
    };

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
