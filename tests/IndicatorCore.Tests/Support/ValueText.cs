using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using IndicatorCore.Columns;

namespace IndicatorCore.Tests.Support;

/// <summary>Writes a value of any Arrow type as text, so that two readings can be compared.</summary>
internal static class ValueText
{
    public const string Null = "null";

    public static string[] All(Column column)
    {
        var texts = new string[column.Length];
        for (var row = 0; row < texts.Length; row++)
        {
            texts[row] = Of(column, row);
        }

        return texts;
    }

    public static string Of(Column column, int row)
    {
        if (!column.IsValid(row))
        {
            return Null;
        }

        if (column.Dictionary is { } dictionary)
        {
            return Of(dictionary.AsColumn(), column.Code(row));
        }

        var type = column.Field.Type;
        switch (type.Id)
        {
            case ArrowTypeId.Bool:
                return column.Bit(row) ? "true" : "false";
            case ArrowTypeId.Utf8 or ArrowTypeId.LargeUtf8 or ArrowTypeId.Utf8View:
                return Quote(Encoding.UTF8.GetString(column.Bytes(row)));
            case ArrowTypeId.Binary or ArrowTypeId.LargeBinary or ArrowTypeId.BinaryView or ArrowTypeId.FixedSizeBinary:
                return Quote(Convert.ToHexString(column.Bytes(row)));
            case ArrowTypeId.Struct:
                return Members(column, row);
            case ArrowTypeId.Union:
                var (child, at) = column.UnionValue(row);
                return $"{child}:{Of(column.Child(child), at)}";
            case ArrowTypeId.RunEndEncoded:
                return Of(column.Child(1), column.RunIndex(row));
            case ArrowTypeId.List or ArrowTypeId.LargeList or ArrowTypeId.ListView or ArrowTypeId.LargeListView
                or ArrowTypeId.FixedSizeList or ArrowTypeId.Map:
                return List(column, row);
            default:
                return Fixed(type, column.Bytes(row));
        }
    }

    public static string Quote(string text) => $"'{text}'";

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Fixed(ArrowType type, ReadOnlySpan<byte> bytes) => type.Id switch
    {
        ArrowTypeId.FloatingPoint => type.BitWidth switch
        {
            16 => Number((double)BinaryPrimitives.ReadHalfLittleEndian(bytes)),
            32 => Number(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
            _ => Number(BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        },
        ArrowTypeId.Interval when type.Mode == 1 =>
            $"{BinaryPrimitives.ReadInt32LittleEndian(bytes)}d {BinaryPrimitives.ReadInt32LittleEndian(bytes[4..])}ms",
        ArrowTypeId.Interval when type.Mode == 2 =>
            $"{BinaryPrimitives.ReadInt32LittleEndian(bytes)}m {BinaryPrimitives.ReadInt32LittleEndian(bytes[4..])}d {BinaryPrimitives.ReadInt64LittleEndian(bytes[8..])}ns",
        _ => new BigInteger(bytes, isUnsigned: type.Id == ArrowTypeId.Int && !type.IsSigned).ToString(CultureInfo.InvariantCulture),
    };

    private static string Members(Column column, int row)
    {
        var text = new StringBuilder("{");
        for (var i = 0; i < column.ChildCount; i++)
        {
            text.Append(Of(column.Child(i), row)).Append(',');
        }

        return text.Append('}').ToString();
    }

    private static string List(Column column, int row)
    {
        var (start, length) = column.ListSlice(row);
        var text = new StringBuilder("[");
        var items = column.Child(0);
        for (var i = 0; i < length; i++)
        {
            text.Append(Of(items, start + i)).Append(',');
        }

        return text.Append(']').ToString();
    }
}
