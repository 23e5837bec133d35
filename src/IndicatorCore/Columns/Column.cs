using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace IndicatorCore.Columns;

/// <summary>A view of one column of a batch, or of a child of a nested one, over memory that it does not own.</summary>
/// <remarks>Everything it gives was validated: offsets, indices of valid rows, UTF-8. What lies under a null is undefined.</remarks>
public readonly ref struct Column
{
    private readonly ColumnData _data;
    private readonly ReadOnlySpan<byte> _validity;
    private readonly ReadOnlySpan<byte> _first;
    private readonly ReadOnlySpan<byte> _second;

    /// <summary>The bytes behind <see cref="Values"/>, valid as long as the batch.</summary>
    internal ReadOnlyMemory<byte> ValueBytes => _data.Slots[ColumnData.FirstSlot].Bytes;

    internal Column(ColumnData data)
    {
        _data = data;
        _validity = data.Slots[ColumnData.ValiditySlot].Bytes.Span;
        _first = data.Slots[ColumnData.FirstSlot].Bytes.Span;
        _second = data.Slots[ColumnData.SecondSlot].Bytes.Span;
    }

    /// <summary>The field that the column fills.</summary>
    public Field Field => _data.Field;

    /// <summary>The number of rows.</summary>
    public int Length => _data.Length;

    /// <summary>The nulls by the validity bitmap; all rows of a Null column. Rows that point to a null dictionary entry are not among them.</summary>
    public int NullCount => _data.NullCount;

    /// <summary>The validity bitmap, least significant bit first, 1 is valid; empty when <see cref="NullCount"/> is 0, and for Null columns.</summary>
    public ReadOnlySpan<byte> Validity => _validity;

    /// <summary>The dictionary of a dictionary-encoded column, else null.</summary>
    public DictionaryValues? Dictionary => _data.Dictionary;

    /// <summary>One bit a row of a Bool column, least significant first; (Length + 7) / 8 bytes.</summary>
    /// <exception cref="InvalidOperationException">The column is not of type Bool.</exception>
    public ReadOnlySpan<byte> Bits => _data.Layout == ColumnLayout.Bits ? _first : throw Not("one bit a row");

    /// <summary>The number of children of a nested column; 0 for a dictionary-encoded one.</summary>
    public int ChildCount => _data.Children.Length;

    /// <summary>Whether row <paramref name="row"/> is valid by the bitmap (always, for unions and run-end encoding; never, for Null).</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public bool IsValid(int row)
    {
        Check(row);
        return _validity.IsEmpty ? _data.Layout != ColumnLayout.Null : ValidityBitmap.IsValid(_validity, row);
    }

    /// <summary>The values of a fixed-width column (the indices, when dictionary-encoded), exactly <see cref="Length"/> of them.</summary>
    /// <exception cref="InvalidOperationException">The values are not as wide as <typeparamref name="T"/>.</exception>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged
    {
        var probe = default(T);
        return _data.Layout == ColumnLayout.Fixed && _data.Width == MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in probe)).Length
            ? MemoryMarshal.Cast<byte, T>(_first)
            : throw Not($"values of type {typeof(T).Name}");
    }

    /// <summary>
    /// The bytes of a row's value where they lie: of utf8 and binary kinds, of any fixed-width value, and, for a dictionary-encoded column,
    /// of the dictionary value. Empty for nulls of view and dictionary columns; undefined (but readable) for other nulls.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="InvalidOperationException">The type has no bytes of a row.</exception>
    public ReadOnlySpan<byte> Bytes(int row)
    {
        Check(row);
        switch (_data.Layout)
        {
            case ColumnLayout.Bytes32:
                var offsets = MemoryMarshal.Cast<byte, int>(_first);
                return _second[offsets[row]..offsets[row + 1]];
            case ColumnLayout.Bytes64:
                var wide = MemoryMarshal.Cast<byte, long>(_first);
                return _second[(int)wide[row]..(int)wide[row + 1]];
            case ColumnLayout.Views:
                return ViewBytes(row);
            case ColumnLayout.Fixed when _data.Dictionary is { } dictionary:
                return ValidityBitmap.IsValid(_validity, row) ? dictionary.Bytes(Code(row)) : default;
            case ColumnLayout.Fixed:
                return _first.Slice(row * _data.Width, _data.Width);
            default:
                throw Not("bytes of a row");
        }
    }

    /// <summary>The dictionary index of a valid row, 0 to the dictionary's count - 1; meaningless for a null row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="InvalidOperationException">The column is not dictionary-encoded.</exception>
    public int Code(int row)
    {
        Check(row);
        if (_data.Field.Dictionary is not { } encoding || _data.Layout != ColumnLayout.Fixed)
        {
            throw Not("dictionary indices");
        }

        return (encoding.IndexType.BitWidth, encoding.IndexType.IsSigned) switch
        {
            (8, true) => (sbyte)_first[row],
            (8, false) => _first[row],
            (16, true) => MemoryMarshal.Cast<byte, short>(_first)[row],
            (16, false) => MemoryMarshal.Cast<byte, ushort>(_first)[row],
            (32, _) => MemoryMarshal.Cast<byte, int>(_first)[row],
            _ => (int)MemoryMarshal.Cast<byte, long>(_first)[row],
        };
    }

    /// <summary>The value of a Bool row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="InvalidOperationException">The column is not of type Bool.</exception>
    public bool Bit(int row)
    {
        Check(row);
        return (Bits[row >> 3] >> (row & 7) & 1) != 0;
    }

    /// <summary>Child <paramref name="index"/> of a nested column: a list's or map's items, a struct's or union's members,
    /// the run ends (0) and values (1) of run-end encoding.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such child.</exception>
    public Column Child(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, ChildCount);
        return new Column(_data.Children[index]);
    }

    /// <summary>The rows of <see cref="Child"/> 0 that make up a list, map or list-view row; an empty slice for a null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="InvalidOperationException">The column is not of a list kind.</exception>
    public (int Start, int Length) ListSlice(int row)
    {
        if (!IsValid(row))
        {
            return default;
        }

        switch (_data.Layout)
        {
            case ColumnLayout.List32:
                var offsets = MemoryMarshal.Cast<byte, int>(_first);
                return (offsets[row], offsets[row + 1] - offsets[row]);
            case ColumnLayout.List64:
                var wide = MemoryMarshal.Cast<byte, long>(_first);
                return ((int)wide[row], (int)(wide[row + 1] - wide[row]));
            case ColumnLayout.ListView32:
                return (MemoryMarshal.Cast<byte, int>(_first)[row], MemoryMarshal.Cast<byte, int>(_second)[row]);
            case ColumnLayout.ListView64:
                return ((int)MemoryMarshal.Cast<byte, long>(_first)[row], (int)MemoryMarshal.Cast<byte, long>(_second)[row]);
            case ColumnLayout.FixedList:
                return (row * _data.Width, _data.Width);
            default:
                throw Not("lists");
        }
    }

    /// <summary>Where a union row's value lies: the child, and the row in it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="InvalidOperationException">The column is not a union.</exception>
    public (int Child, int Row) UnionValue(int row)
    {
        Check(row);
        if (_data.UnionChildren is not { } children)
        {
            throw Not("union values");
        }

        var typeId = (sbyte)_first[row];
        var child = typeId < 0 ? -1 : children[typeId];
        return (child, _data.Layout == ColumnLayout.DenseUnion ? MemoryMarshal.Cast<byte, int>(_second)[row] : row);
    }

    /// <summary>The row of the values child (<see cref="Child"/> 1) that a row of a run-end encoded column has; O(log runs).</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="InvalidOperationException">The column is not run-end encoded.</exception>
    public int RunIndex(int row)
    {
        Check(row);
        if (_data.Layout != ColumnLayout.RunEnds)
        {
            throw Not("runs");
        }

        var ends = _data.Children[0];
        int low = 0, high = ends.Length - 1;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (RunEnd(ends, middle) > row)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    /// <summary>The last row of run <paramref name="index"/> plus one; run ends are 16, 32 or 64 bits wide.</summary>
    internal static long RunEnd(ColumnData ends, int index)
    {
        var bytes = ends.Slots[ColumnData.FirstSlot].Bytes.Span.Slice(index * ends.Width, ends.Width);
        return ends.Width switch
        {
            2 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
            4 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            _ => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        };
    }

    private ReadOnlySpan<byte> ViewBytes(int row)
    {
        if (!ValidityBitmap.IsValid(_validity, row))
        {
            return default;
        }

        var view = _first.Slice(row * 16, 16);
        var length = BinaryPrimitives.ReadInt32LittleEndian(view);
        if (length <= 12)
        {
            return view.Slice(4, length);
        }

        var buffer = BinaryPrimitives.ReadInt32LittleEndian(view[8..]);
        var offset = BinaryPrimitives.ReadInt32LittleEndian(view[12..]);
        return _data.Slots[ColumnData.VariadicSlot + buffer].Bytes.Span.Slice(offset, length);
    }

    private void Check(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, _data.Length);
    }

    private InvalidOperationException Not(string what) => new($"The column {_data.Path} of type {_data.Field.Type} has no {what}.");
}
