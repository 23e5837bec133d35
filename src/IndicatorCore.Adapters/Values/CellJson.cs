using System.Globalization;
using System.Numerics;
using System.Text;
using IndicatorCore.Columns;
using IndicatorCore.Indicators;

namespace IndicatorCore.Adapters.Values;

/// <summary>
/// One value of any Arrow type as JSON: numbers exact, NaN and infinities as texts, binary as hexadecimal, instants as RFC 3339,
/// structs as objects, lists as arrays, maps as objects (as pairs unless the keys are texts).
/// </summary>
internal static class CellJson
{
    /// <summary>Writes the value of a row.</summary>
    public static void Write(JsonOutput json, Column column, int row)
    {
        if (column.Dictionary is { } dictionary)
        {
            if (column.IsValid(row) && column.Code(row) is var code && !dictionary.IsNull(code))
            {
                Write(json, dictionary.AsColumn(), code);
            }
            else
            {
                json.Null();
            }

            return;
        }

        if (!column.IsValid(row))
        {
            json.Null();
            return;
        }

        switch (column.Field.Type.Id)
        {
            case ArrowTypeId.List or ArrowTypeId.LargeList or ArrowTypeId.FixedSizeList or ArrowTypeId.ListView or ArrowTypeId.LargeListView:
                WriteList(json, column, row);
                break;
            case ArrowTypeId.Map:
                WriteMap(json, column, row);
                break;
            case ArrowTypeId.Struct:
                WriteStruct(json, column, row);
                break;
            case ArrowTypeId.Union:
                var (child, childRow) = column.UnionValue(row);
                Write(json, column.Child(child), childRow);
                break;
            case ArrowTypeId.RunEndEncoded:
                Write(json, column.Child(1), column.RunIndex(row));
                break;
            default:
                WriteScalar(json, column, row);
                break;
        }
    }

    private static void WriteList(JsonOutput json, Column column, int row)
    {
        var (start, length) = column.ListSlice(row);
        json.StartArray();
        for (var i = 0; i < length; i++)
        {
            Write(json, column.Child(0), start + i);
        }

        json.EndArray();
    }

    private static void WriteMap(JsonOutput json, Column column, int row)
    {
        var (start, length) = column.ListSlice(row);
        var entries = column.Child(0);
        var keys = entries.Child(0);
        var isObject = keys.Field.Type.Id is ArrowTypeId.Utf8 or ArrowTypeId.LargeUtf8 or ArrowTypeId.Utf8View;
        Open(json, isObject);
        for (var i = start; i < start + length; i++)
        {
            if (isObject)
            {
                json.Name(Encoding.UTF8.GetString(keys.Bytes(i)));
                Write(json, entries.Child(1), i);
            }
            else
            {
                json.StartArray();
                Write(json, keys, i);
                Write(json, entries.Child(1), i);
                json.EndArray();
            }
        }

        Close(json, isObject);
    }

    private static void Open(JsonOutput json, bool isObject)
    {
        if (isObject)
        {
            json.StartObject();
        }
        else
        {
            json.StartArray();
        }
    }

    private static void Close(JsonOutput json, bool isObject)
    {
        if (isObject)
        {
            json.EndObject();
        }
        else
        {
            json.EndArray();
        }
    }

    private static void WriteStruct(JsonOutput json, Column column, int row)
    {
        json.StartObject();
        for (var i = 0; i < column.ChildCount; i++)
        {
            var member = column.Child(i);
            json.Name(member.Field.Name);
            Write(json, member, row);
        }

        json.EndObject();
    }

    private static void WriteScalar(JsonOutput json, Column column, int row)
    {
        var type = column.Field.Type;
        switch (type.Id)
        {
            case ArrowTypeId.Int:
                if (type.BitWidth == 64 && !type.IsSigned)
                {
                    json.RawNumber(column.Values<ulong>()[row].ToString());
                }
                else
                {
                    json.Value(Scalar.Integer(column, row));
                }

                break;
            case ArrowTypeId.FloatingPoint:
                WriteFloat(json, column, row);
                break;
            case ArrowTypeId.Bool:
                json.Value(column.Bit(row));
                break;
            case ArrowTypeId.Decimal:
                json.RawNumber(Scalar.DecimalText(new BigInteger(column.Bytes(row)), type.Scale));
                break;
            case ArrowTypeId.Utf8 or ArrowTypeId.LargeUtf8 or ArrowTypeId.Utf8View:
                json.Value(Encoding.UTF8.GetString(column.Bytes(row)));
                break;
            case ArrowTypeId.Binary or ArrowTypeId.LargeBinary or ArrowTypeId.BinaryView or ArrowTypeId.FixedSizeBinary:
                json.Value(Convert.ToHexStringLower(column.Bytes(row)));
                break;
            case ArrowTypeId.Date or ArrowTypeId.Time or ArrowTypeId.Timestamp:
                json.Value(TimeText.Of(type, Scalar.Integer(column, row)));
                break;
            case ArrowTypeId.Duration:
                json.Value(string.Create(CultureInfo.InvariantCulture, $"{column.Values<long>()[row]}{TimeText.UnitOf(type)}"));
                break;
            case ArrowTypeId.Interval:
                WriteInterval(json, column, row);
                break;
            default:
                json.Null();
                break;
        }
    }

    private static void WriteFloat(JsonOutput json, Column column, int row)
    {
        string text;
        bool isNumber;
        switch (column.Field.Type.BitWidth)
        {
            case 16:
                var half = column.Values<Half>()[row];
                (text, isNumber) = (half.ToString("R", CultureInfo.InvariantCulture), Half.IsFinite(half));
                break;
            case 32:
                var single = column.Values<float>()[row];
                (text, isNumber) = (single.ToString("R", CultureInfo.InvariantCulture), float.IsFinite(single));
                break;
            default:
                var number = column.Values<double>()[row];
                (text, isNumber) = (number.ToString("R", CultureInfo.InvariantCulture), double.IsFinite(number));
                break;
        }

        if (isNumber)
        {
            json.RawNumber(text);
        }
        else
        {
            json.Value(text);
        }
    }

    private static void WriteInterval(JsonOutput json, Column column, int row)
    {
        var bytes = column.Bytes(row);
        json.StartObject();
        switch (column.Field.Type.Mode)
        {
            case 0:
                Part(json, "months", BitConverter.ToInt32(bytes));
                break;
            case 1:
                Part(json, "days", BitConverter.ToInt32(bytes));
                Part(json, "milliseconds", BitConverter.ToInt32(bytes[4..]));
                break;
            default:
                Part(json, "months", BitConverter.ToInt32(bytes));
                Part(json, "days", BitConverter.ToInt32(bytes[4..]));
                Part(json, "nanoseconds", BitConverter.ToInt64(bytes[8..]));
                break;
        }

        json.EndObject();
    }

    private static void Part(JsonOutput json, string name, long value)
    {
        json.Name(name);
        json.Value(value);
    }
}
