using IndicatorCore.Adapters.Values;
using IndicatorCore.Columns;

namespace IndicatorCore.Adapters.Quarantine;

/// <summary>How the values of one column lie in a spool: as the bytes of their type, or as text.</summary>
/// <param name="Ordinal">The column's place in the schema.</param>
/// <param name="Name">Its canonical name.</param>
/// <param name="Type">The type of the bytes kept: that of the column, or utf8 where the text is kept; Null for a column of nulls.</param>
/// <param name="IsText">Whether the text is kept because the type has no bytes of a value.</param>
internal sealed record QuarantineColumnShape(int Ordinal, string Name, ArrowType Type, bool IsText)
{
    /// <summary>The shape of a field.</summary>
    public static QuarantineColumnShape Of(int ordinal, string name, Field field)
    {
        var isText = false;
        ArrowType type;
        switch (field.Type.Id)
        {
            case ArrowTypeId.Utf8 or ArrowTypeId.LargeUtf8 or ArrowTypeId.Utf8View:
                type = ArrowType.Of(ArrowTypeId.Utf8);
                break;
            case ArrowTypeId.Binary or ArrowTypeId.LargeBinary or ArrowTypeId.BinaryView:
                type = ArrowType.Of(ArrowTypeId.Binary);
                break;
            case ArrowTypeId.Int or ArrowTypeId.FloatingPoint or ArrowTypeId.Timestamp or ArrowTypeId.Duration or ArrowTypeId.FixedSizeBinary:
                type = field.Type;
                break;
            case ArrowTypeId.Date when field.Type.BitWidth == 32:
                type = field.Type;
                break;
            case ArrowTypeId.Bool when field.Dictionary is null:
                type = field.Type;
                break;
            case ArrowTypeId.Null:
                type = field.Type;
                break;
            default:
                // decimals beyond their precision and times beyond a day could not be written as such again
                type = ArrowType.Of(ArrowTypeId.Utf8);
                isText = true;
                break;
        }

        return new QuarantineColumnShape(ordinal, name, type, isText);
    }

    /// <summary>Appends a value: its length and bytes, or a length of -1 for null.</summary>
    public void Append(SpoolBuffer buffer, Column column, int row, CellText texts)
    {
        if (Type.Id == ArrowTypeId.Null || !column.IsValid(row) || (column.Dictionary is { } dictionary && dictionary.IsNull(column.Code(row))))
        {
            buffer.Null();
        }
        else if (IsText)
        {
            var text = texts.Of(column, row);
            buffer.Text(text.Length == 0 ? null : text);
        }
        else if (Type.Id == ArrowTypeId.Bool)
        {
            buffer.Bytes([column.Bit(row) ? (byte)1 : (byte)0]);
        }
        else
        {
            buffer.Bytes(column.Bytes(row));
        }
    }
}
