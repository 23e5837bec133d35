using System.Buffers;
using System.Text;
using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Serving;

/// <summary>Rows as CSV (RFC 4180, UTF-8, line feeds): the columns of <c>run --format csv</c>, with what only some indicators have in one column of JSON.</summary>
/// <param name="keys">The keys of all groups.</param>
internal sealed class CsvRows(IReadOnlyList<string> keys) : IRowFormat
{
    private static readonly SearchValues<char> s_quoted = SearchValues.Create(",\"\r\n");
    private static readonly string[] s_before = ["indicator", "definition"];
    private static readonly string[] s_after = ["window_start", "window_end", "value", "unit", "numerator", "denominator", "low", "high", "status", "reason", "flags"];
    private readonly ResultCells _cells = new();
    private readonly StringBuilder _text = new();

    public void Begin(IBufferWriter<byte> output)
    {
        Line([.. s_before, .. keys, .. s_after, .. ResultCells.Evidence.Select(static name => "evidence_" + name), "evidence_more", "revision", "view", "row"]);
        Flush(output);
    }

    public void Write(IReadOnlyList<StoredRow> rows, IBufferWriter<byte> output)
    {
        foreach (var row in rows)
        {
            _cells.Read(row.Json);
            Line(
            [
                .. s_before.Select(name => _cells[name]), .. keys.Select(_cells.GroupValue), .. s_after.Select(name => _cells[name]),
                .. ResultCells.Evidence.Select(name => _cells["evidence_" + name]), _cells.More, _cells["revision"], row.View, $"{row.Number}",
            ]);
        }

        Flush(output);
    }

    public void End(IBufferWriter<byte> output)
    {
        // nothing comes after the last line
    }

    private void Line(string?[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0)
            {
                _text.Append(',');
            }

            if (cells[i].AsSpan().ContainsAny(s_quoted))
            {
                _text.Append('"').Append(cells[i]!.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            }
            else
            {
                _text.Append(cells[i]);
            }
        }

        _text.Append('\n');
    }

    private void Flush(IBufferWriter<byte> output)
    {
        foreach (var chunk in _text.GetChunks())
        {
            Encoding.UTF8.GetBytes(chunk.Span, output);
        }

        _text.Clear();
    }
}
