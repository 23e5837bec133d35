using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using IndicatorCore.Columns;

namespace IndicatorCore.Fuzz.Oracles;

/// <summary>Writes the values of a column as bytes that tell any two different columns apart; dictionaries are looked up, not-a-number is one value.</summary>
/// <remarks>A fixed-width column has a stride of one byte and the width. Nothing is written beyond <see cref="MostBytes"/> a column, so that a
/// few bytes which stand for millions of rows (nulls, shared lists) take no time.</remarks>
internal sealed class ValueWriter
{
    /// <summary>The most bytes of a column.</summary>
    public const int MostBytes = 256 * 1024;

    private readonly ArrayBufferWriter<byte> _output = new(4096);

    /// <summary>Says what a schema is, names, types, metadata and all.</summary>
    public static string Describe(Schema schema)
    {
        var text = new StringBuilder();
        foreach (var field in schema.Fields)
        {
            Describe(field, text);
        }

        Describe(schema.Metadata, text);
        return text.ToString();
    }

    /// <summary>The values of a column.</summary>
    public byte[] Column(Column column)
    {
        _output.ResetWrittenCount();
        Number(column.Length);
        for (var row = 0; row < column.Length && _output.WrittenCount < MostBytes; row++)
        {
            Value(column, row);
        }

        return _output.WrittenSpan.ToArray();
    }

    private static void Describe(Field field, StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"{field.Name}|{field.Type}|{field.Type.Id}|{field.Type.Mode}|{field.Type.Scale}|{field.IsNullable}");
        text.Append(CultureInfo.InvariantCulture, $"|{field.Dictionary?.Id}|{field.Dictionary?.IndexType}|{field.Dictionary?.IsOrdered}");
        foreach (var id in field.Type.UnionTypeIds ?? [])
        {
            text.Append(CultureInfo.InvariantCulture, $"#{id}");
        }

        Describe(field.Metadata, text);
        text.Append('<');
        foreach (var child in field.Children)
        {
            Describe(child, text);
        }

        text.Append(">\n");
    }

    private static void Describe(IReadOnlyList<KeyValuePair<string, string>> metadata, StringBuilder text)
    {
        foreach (var (key, value) in metadata)
        {
            text.Append(CultureInfo.InvariantCulture, $"|{key}={value}");
        }
    }

    private void Value(Column column, int row)
    {
        var type = column.Field.Type;
        var isValid = column.IsValid(row);
        if (column.Dictionary is { } dictionary)
        {
            if (isValid && !dictionary.IsNull(column.Code(row)))
            {
                Value(dictionary.AsColumn(), column.Code(row));
            }
            else
            {
                Byte(0);
            }

            return;
        }

        Byte(isValid ? (byte)1 : (byte)0);
        switch (type.Id)
        {
            case ArrowTypeId.Null:
                break;
            case ArrowTypeId.Bool:
                Byte(isValid && column.Bit(row) ? (byte)1 : (byte)0);
                break;
            case ArrowTypeId.Utf8 or ArrowTypeId.LargeUtf8 or ArrowTypeId.Utf8View
                or ArrowTypeId.Binary or ArrowTypeId.LargeBinary or ArrowTypeId.BinaryView:
                var bytes = isValid ? column.Bytes(row) : [];
                Number(bytes.Length);
                Bytes(bytes);
                break;
            case ArrowTypeId.Struct or ArrowTypeId.Union or ArrowTypeId.RunEndEncoded or ArrowTypeId.List or ArrowTypeId.LargeList
                or ArrowTypeId.ListView or ArrowTypeId.LargeListView or ArrowTypeId.FixedSizeList or ArrowTypeId.Map:
                if (isValid)
                {
                    Nested(column, row);
                }

                break;
            case ArrowTypeId.FloatingPoint:
                Float(column.Bytes(row), isValid);
                break;
            default:
                var value = column.Bytes(row);
                Fixed(value, isValid);
                break;
        }
    }

    private void Nested(Column column, int row)
    {
        switch (column.Field.Type.Id)
        {
            case ArrowTypeId.Struct:
                for (var i = 0; i < column.ChildCount; i++)
                {
                    Value(column.Child(i), row);
                }

                break;
            case ArrowTypeId.Union:
                var (child, at) = column.UnionValue(row);
                Number(child);
                Value(column.Child(child), at);
                break;
            case ArrowTypeId.RunEndEncoded:
                Value(column.Child(1), column.RunIndex(row));
                break;
            default:
                var (start, length) = column.ListSlice(row);
                Number(length);
                var items = column.Child(0);
                for (var i = 0; i < length && _output.WrittenCount < MostBytes; i++)
                {
                    Value(items, start + i);
                }

                break;
        }
    }

    private void Float(ReadOnlySpan<byte> bytes, bool isValid)
    {
        var isNumber = bytes.Length switch
        {
            2 => !Half.IsNaN(BinaryPrimitives.ReadHalfLittleEndian(bytes)),
            4 => !float.IsNaN(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
            _ => !double.IsNaN(BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        };
        if (isNumber || !isValid)
        {
            Fixed(bytes, isValid);
        }
        else
        {
            var place = _output.GetSpan(bytes.Length)[..bytes.Length];
            place.Fill(byte.MaxValue);
            _output.Advance(bytes.Length);
        }
    }

    private void Fixed(ReadOnlySpan<byte> bytes, bool isValid)
    {
        if (isValid)
        {
            Bytes(bytes);
        }
        else
        {
            _output.GetSpan(bytes.Length)[..bytes.Length].Clear();
            _output.Advance(bytes.Length);
        }
    }

    private void Bytes(ReadOnlySpan<byte> bytes) => _output.Write(bytes[..Math.Min(bytes.Length, MostBytes)]);

    private void Byte(byte value)
    {
        _output.GetSpan(1)[0] = value;
        _output.Advance(1);
    }

    private void Number(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_output.GetSpan(sizeof(int)), value);
        _output.Advance(sizeof(int));
    }
}
