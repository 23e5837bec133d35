using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using IndicatorCore.Adapters.Values;
using IndicatorCore.Columns;
using IndicatorCore.Ipc;

namespace IndicatorCore.Adapters.Quarantine;

/// <summary>A value as it was spooled: the little-endian bytes of its Arrow type.</summary>
internal static class SpooledValue
{
    /// <summary>The text of a value: numbers exact, instants as RFC 3339, binary as the text that it holds or as hexadecimal.</summary>
    public static string Text(ArrowType type, ReadOnlySpan<byte> bytes)
    {
        switch (type.Id)
        {
            case ArrowTypeId.Bool:
                return bytes[0] != 0 ? "true" : "false";
            case ArrowTypeId.Int when !type.IsSigned:
                return ((ulong)Integer(type, bytes)).ToString(CultureInfo.InvariantCulture);
            case ArrowTypeId.Int:
                return Integer(type, bytes).ToString(CultureInfo.InvariantCulture);
            case ArrowTypeId.FloatingPoint:
                return type.BitWidth switch
                {
                    16 => BinaryPrimitives.ReadHalfLittleEndian(bytes).ToString("R", CultureInfo.InvariantCulture),
                    32 => BinaryPrimitives.ReadSingleLittleEndian(bytes).ToString("R", CultureInfo.InvariantCulture),
                    _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes).ToString("R", CultureInfo.InvariantCulture),
                };
            case ArrowTypeId.Date or ArrowTypeId.Timestamp:
                return TimeText.Of(type, Integer(type, bytes));
            case ArrowTypeId.Duration:
                return string.Create(CultureInfo.InvariantCulture, $"{Integer(type, bytes)}{TimeText.UnitOf(type)}");
            case ArrowTypeId.FixedSizeBinary:
                return Convert.ToHexStringLower(bytes);
            default:
                return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Convert.ToHexStringLower(bytes);
        }
    }

    /// <summary>Appends a value to a column of its own type.</summary>
    public static void Append(ColumnBuilder column, ArrowType type, ReadOnlySpan<byte> bytes)
    {
        switch (type.Id)
        {
            case ArrowTypeId.Bool:
                column.AppendBool(bytes[0] != 0);
                break;
            case ArrowTypeId.Int when !type.IsSigned:
                column.AppendUInt64((ulong)Integer(type, bytes));
                break;
            case ArrowTypeId.Int or ArrowTypeId.Date or ArrowTypeId.Timestamp or ArrowTypeId.Duration:
                column.AppendInt64(Integer(type, bytes));
                break;
            case ArrowTypeId.FloatingPoint:
                column.AppendDouble(type.BitWidth switch
                {
                    16 => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
                    32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
                    _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
                });
                break;
            default:
                column.AppendBytes(bytes);
                break;
        }
    }

    private static long Integer(ArrowType type, ReadOnlySpan<byte> bytes)
    {
        var isUnsigned = type.Id == ArrowTypeId.Int && !type.IsSigned;
        return bytes.Length switch
        {
            1 => isUnsigned ? bytes[0] : (sbyte)bytes[0],
            2 => isUnsigned ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadInt16LittleEndian(bytes),
            4 => isUnsigned ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadInt32LittleEndian(bytes),
            _ => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        };
    }
}
