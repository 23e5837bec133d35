using System.Numerics;
using System.Runtime.InteropServices;
using IndicatorCore.Errors;

namespace IndicatorCore.Columns;

/// <summary>Checks that the dictionary indices of valid rows are below the dictionary's count; what lies under nulls is not judged.</summary>
internal static class IndexChecks
{
    private const int BlockRows = 4_096;

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

    // the largest of a block decides: only a block with one above the limit is looked at row by row, and against the validity bitmap
    private static int FirstBad<T>(ReadOnlySpan<T> indices, T limit, ReadOnlySpan<byte> validity)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (var start = 0; start < indices.Length; start += BlockRows)
        {
            var block = indices.Slice(start, Math.Min(BlockRows, indices.Length - start));
            if (IsBelow(block, limit))
            {
                continue;
            }

            for (var row = 0; row < block.Length; row++)
            {
                if (block[row] >= limit && ValidityBitmap.IsValid(validity, start + row))
                {
                    return start + row;
                }
            }
        }

        return -1;
    }

    private static bool IsBelow<T>(ReadOnlySpan<T> block, T limit)
        where T : unmanaged, IBinaryInteger<T>
    {
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(block);
        var (first, second) = (Vector<T>.Zero, Vector<T>.Zero);
        var i = 0;
        for (; i + 3 < vectors.Length; i += 4)
        {
            first = Vector.Max(first, Vector.Max(vectors[i], vectors[i + 1]));
            second = Vector.Max(second, Vector.Max(vectors[i + 2], vectors[i + 3]));
        }

        for (; i < vectors.Length; i++)
        {
            first = Vector.Max(first, vectors[i]);
        }

        if (Vector.GreaterThanOrEqualAny(Vector.Max(first, second), new Vector<T>(limit)))
        {
            return false;
        }

        foreach (var last in block[(vectors.Length * Vector<T>.Count)..])
        {
            if (last >= limit)
            {
                return false;
            }
        }

        return true;
    }
}
