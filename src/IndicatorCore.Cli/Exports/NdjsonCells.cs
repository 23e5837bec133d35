using IndicatorCore.Adapters.Results;
using IndicatorCore.Adapters.Values;
using IndicatorCore.Columns;
using IndicatorCore.Indicators;

namespace IndicatorCore.Cli.Exports;

/// <summary>Rows as one JSON object a line.</summary>
internal sealed class NdjsonCells(Stream stream) : ICellWriter
{
    private readonly StreamBuffer _buffer = new(stream);
    private JsonOutput? _json;

    public void Start(IReadOnlyList<Field> fields, string input) => _json ??= new JsonOutput(_buffer);

    public void Row(RecordBatch batch, ReadOnlySpan<int> ordinals, int row)
    {
        var json = _json!;
        json.StartDocument();
        json.StartObject();
        foreach (var ordinal in ordinals)
        {
            json.Name(batch.Schema.Fields[ordinal].Name);
            CellJson.Write(json, batch[ordinal], row);
        }

        json.EndObject();
        json.LineFeed();
    }

    public void Dispose() => _buffer.Flush();
}
