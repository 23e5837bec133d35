using CsvHelper;
using IndicatorCore.Adapters.Values;
using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.Cli.Exports;

/// <summary>Rows as CSV with one header for all inputs.</summary>
internal sealed class CsvCells(Stream stream) : ICellWriter
{
    private readonly CsvWriter _csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
    private readonly CellText _text = new();
    private string[]? _header;

    public void Start(IReadOnlyList<Field> fields, string input)
    {
        string[] header = [.. fields.Select(static field => field.Name)];
        if (_header is not null && !_header.SequenceEqual(header))
        {
            throw new SchemaMismatchException(
                "The columns differ from those of the inputs before it, so that one CSV cannot hold both",
                new DataLocation(input),
                "Name columns that all inputs have with --columns, or use --format ndjson.");
        }

        if (_header is null && header.Length > 0)
        {
            _csv.WriteRecord(header);
        }

        _header = header;
    }

    public void Row(RecordBatch batch, ReadOnlySpan<int> ordinals, int row)
    {
        foreach (var ordinal in ordinals)
        {
            _csv.WriteField(_text.Of(batch[ordinal], row));
        }

        if (!ordinals.IsEmpty)
        {
            _csv.EndRecord();
        }
    }

    public void Dispose() => _csv.Dispose();
}
