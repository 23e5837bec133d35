using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using IndicatorCore.Columns;

namespace IndicatorCore.Tests.Ipc;

/// <summary>A column as a batch stores it: the field, its nodes, its buffers, its counts of view buffers.</summary>
internal sealed record MadeColumn(FlatNode Field, long Rows, FlatLongs Nodes, List<byte[]> Buffers, FlatLongs Views)
{
    public static MadeColumn Int64(string name, params long?[] values) => Fixed(
        name,
        ArrowTypeId.Int,
        new FlatNode { [0] = 64, [1] = true },
        MemoryMarshal.AsBytes(Array.ConvertAll(values, static value => value ?? -99).AsSpan()).ToArray(),
        values.Length,
        Validity(Array.ConvertAll(values, static value => value.HasValue)));

    public static MadeColumn Fixed(string name, ArrowTypeId id, FlatNode type, byte[] data, long rows, byte[]? validity = null) =>
        Of(MadeField.Of(name, id, type), rows, [validity ?? [], data]);

    public static MadeColumn Bool(string name, params bool[] values) =>
        Of(MadeField.Of(name, ArrowTypeId.Bool), values.Length, [[], Bits(values)]);

    public static MadeColumn Null(string name, long rows) => Of(MadeField.Of(name, ArrowTypeId.Null), rows, [], rows);

    public static MadeColumn Utf8(string name, params string?[] values)
    {
        var offsets = new int[values.Length + 1];
        for (var i = 0; i < values.Length; i++)
        {
            offsets[i + 1] = offsets[i] + Encoding.UTF8.GetByteCount(values[i] ?? string.Empty);
        }

        return Utf8(name, offsets, Encoding.UTF8.GetBytes(string.Concat(values)), Validity(Array.ConvertAll(values, static value => value is not null)));
    }

    public static MadeColumn Utf8(string name, int[] offsets, byte[] data, byte[]? validity = null) =>
        Of(MadeField.Of(name, ArrowTypeId.Utf8), offsets.Length - 1, [validity ?? [], MemoryMarshal.AsBytes(offsets.AsSpan()).ToArray(), data]);

    /// <summary>Codes of a dictionary of text; width in bits.</summary>
    public static MadeColumn Codes(string name, long id, int width, bool isSigned, long[] codes, bool[]? valid = null)
    {
        var data = new byte[codes.Length * width / 8];
        for (var i = 0; i < codes.Length; i++)
        {
            var bytes = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, codes[i]);
            bytes.AsSpan(0, width / 8).CopyTo(data.AsSpan(i * width / 8));
        }

        var field = MadeField.Of(name, ArrowTypeId.Utf8);
        field[4] = new FlatNode { [0] = id, [1] = new FlatNode { [0] = width, [1] = isSigned } };
        return Of(field, codes.Length, [valid is null ? [] : Validity(valid), data]);
    }

    /// <summary>Views of text: each is length, then four numbers' worth of inline bytes or prefix, buffer and offset.</summary>
    public static MadeColumn Utf8Views(string name, byte[] views, params byte[][] data)
    {
        var column = Of(MadeField.Of(name, ArrowTypeId.Utf8View), views.Length / 16, [[], views, .. data]);
        column.Views.Add(data.Length);
        return column;
    }

    public static byte[] View(int length, string prefix, int buffer, int offset)
    {
        var view = new byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(view, length);
        Encoding.UTF8.GetBytes(prefix).CopyTo(view, 4);
        BinaryPrimitives.WriteInt32LittleEndian(view.AsSpan(8), buffer);
        BinaryPrimitives.WriteInt32LittleEndian(view.AsSpan(12), offset);
        return view;
    }

    public static MadeColumn List(string name, int[] offsets, MadeColumn child)
    {
        var field = MadeField.Of(name, ArrowTypeId.List, null, child.Field);
        var column = Of(field, offsets.Length - 1, [[], MemoryMarshal.AsBytes(offsets.AsSpan()).ToArray()]);
        return column.With(child);
    }

    public static MadeColumn Struct(string name, long rows, params MadeColumn[] children)
    {
        var column = Of(MadeField.Of(name, ArrowTypeId.Struct, null, Array.ConvertAll(children, static child => child.Field)), rows, [[]]);
        return children.Aggregate(column, static (parent, child) => parent.With(child));
    }

    public static MadeColumn FixedList(string name, int size, long rows, MadeColumn child) =>
        Of(MadeField.Of(name, ArrowTypeId.FixedSizeList, new FlatNode { [0] = size }, child.Field), rows, [[]]).With(child);

    public static byte[] Bits(params bool[] values)
    {
        var bits = new byte[(values.Length + 7) / 8];
        for (var i = 0; i < values.Length; i++)
        {
            bits[i / 8] |= (byte)(values[i] ? 1 << (i % 8) : 0);
        }

        return bits;
    }

    /// <summary>A column of one node; nulls counted from a first buffer that is a bitmap.</summary>
    public static MadeColumn Of(FlatNode field, long rows, List<byte[]> buffers, long? nulls = null)
    {
        var valid = 0L;
        for (var i = 0; buffers.Count > 0 && buffers[0].Length > 0 && i < rows; i++)
        {
            valid += (buffers[0][i / 8] >> (i % 8)) & 1;
        }

        return new(field, rows, new FlatLongs(2) { rows, nulls ?? (buffers.Count > 0 && buffers[0].Length > 0 ? rows - valid : 0) }, buffers, new FlatLongs(1));
    }

    private static byte[] Validity(bool[] valid) => Array.TrueForAll(valid, static one => one) ? [] : Bits(valid);

    private MadeColumn With(MadeColumn child)
    {
        Nodes.AddRange(child.Nodes);
        Buffers.AddRange(child.Buffers);
        Views.AddRange(child.Views);
        return this;
    }
}
