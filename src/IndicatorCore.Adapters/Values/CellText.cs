using System.Buffers;
using System.Text;
using IndicatorCore.Columns;
using IndicatorCore.Indicators;

namespace IndicatorCore.Adapters.Values;

/// <summary>One value of any Arrow type as the text of a table or CSV cell: texts as they are, null as nothing, nested values as JSON.</summary>
internal sealed class CellText
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly JsonOutput _json;

    public CellText() => _json = new JsonOutput(_buffer);

    /// <summary>The text of a row's value; empty for null.</summary>
    public string Of(Column column, int row)
    {
        if (column.Dictionary is { } dictionary)
        {
            return column.IsValid(row) ? Of(dictionary.AsColumn(), column.Code(row)) : string.Empty;
        }

        var type = column.Field.Type.Id;
        if (type == ArrowTypeId.RunEndEncoded)
        {
            return Of(column.Child(1), column.RunIndex(row));
        }

        if (!column.IsValid(row))
        {
            return string.Empty;
        }

        if (type is ArrowTypeId.Utf8 or ArrowTypeId.LargeUtf8 or ArrowTypeId.Utf8View)
        {
            return Encoding.UTF8.GetString(column.Bytes(row));
        }

        _buffer.ResetWrittenCount();
        _json.StartDocument();
        CellJson.Write(_json, column, row);
        var text = Encoding.UTF8.GetString(_buffer.WrittenSpan);
        return text == "null" ? string.Empty : column.ChildCount == 0 ? text.Trim('"') : text;
    }
}
