using System.Numerics;
using System.Runtime.InteropServices;
using IndicatorCore.Errors;

namespace IndicatorCore.Columns;

/// <summary>Checks that the dictionary indices of valid rows are below the dictionary's count; what lies under nulls is not judged.</summary>
internal static class IndexChecks
{
    public static void Check(ColumnData column)
    {
        if (column.NullCount == column.Length)
        {
            return;
        }

        var count = column.Dictionary?.Count ?? 0;
        var index = column.Field.Dictionary!.IndexType;
        // read as unsigned, a negative index is at or above the type's half range
        var half = 1UL << (index.BitWidth - 1);
        var limit = Math.Min((ulong)count, index.IsSigned ? half : ulong.MaxValue);
        var bytes = column.Slots[ColumnData.FirstSlot].Bytes.Span;
        var validity = column.Slots[ColumnData.ValiditySlot].Bytes.Span;
        var bad = index.BitWidth switch
        {
            8 => limit > byte.MaxValue ? -1 : FirstBad(bytes, (byte)limit, validity),
            16 => limit > ushort.MaxValue ? -1 : FirstBad(MemoryMarshal.Cast<byte, ushort>(bytes), (ushort)limit, validity),
            32 => FirstBad(MemoryMarshal.Cast<byte, uint>(bytes), (uint)limit, validity),
            _ => FirstBad(MemoryMarshal.Cast<byte, ulong>(bytes), limit, validity),
        };
        if (bad >= 0)
        {
            throw new MalformedArrowException(
                $"A dictionary index lies outside dictionary {column.Field.Dictionary.Id} of {count} values", new DataLocation(Row: bad));
        }
    }

    private static int FirstBad<T>(ReadOnlySpan<T> indices, T limit, ReadOnlySpan<byte> validity)
        where T : unmanaged, IBinaryInteger<T>
    {
        var bound = new Vector<T>(limit);
        var row = 0;
        while (row < indices.Length)
        {
            var end = Math.Min(row + Vector<T>.Count, indices.Length);
            if (end - row == Vector<T>.Count && !Vector.GreaterThanOrEqualAny(new Vector<T>(indices[row..]), bound))
            {
                row = end;
                continue;
            }

            for (; row < end; row++)
            {
                if (indices[row] >= limit && ValidityBitmap.IsValid(validity, row))
                {
                    return row;
                }
            }
        }

        return -1;
    }
}
