using IndicatorCore.Errors;

namespace IndicatorCore.Columns;

/// <summary>What a <see cref="Column"/> looks at: one node of a batch's column tree, built once a schema and refilled for each batch.</summary>
internal sealed class ColumnData
{
    /// <summary>The slot of the validity bitmap.</summary>
    public const int ValiditySlot = 0;

    /// <summary>The slot of values, bits, offsets, views or type ids.</summary>
    public const int FirstSlot = 1;

    /// <summary>The slot of bytes, sizes or union offsets.</summary>
    public const int SecondSlot = 2;

    /// <summary>The first slot of the data buffers of views.</summary>
    public const int VariadicSlot = 3;

    private ColumnData? _parent;

    private ColumnData(Field field, ColumnLayout layout, int width, ColumnData[] children)
    {
        Field = field;
        Layout = layout;
        Width = width;
        Children = children;
        NodeCount = 1;
        ViewCount = layout == ColumnLayout.Views ? 1 : 0;
        BufferCount = OwnBuffers;
        UnionCount = layout is ColumnLayout.SparseUnion or ColumnLayout.DenseUnion ? 1 : 0;
        foreach (var child in children)
        {
            child._parent = this;
            NodeCount += child.NodeCount;
            BufferCount += child.BufferCount;
            ViewCount += child.ViewCount;
            UnionCount += child.UnionCount;
        }

        if (UnionCount > 0 && layout is ColumnLayout.SparseUnion or ColumnLayout.DenseUnion)
        {
            UnionChildren = ChildOfTypeId(field.Type, children.Length);
        }
    }

    /// <summary>The field that the column fills.</summary>
    public Field Field { get; }

    /// <summary>The field's path from the top level, such as <c>a.item.b</c>.</summary>
    public string Path => _parent is null ? Field.Name : $"{_parent.Path}.{Field.Name}";

    /// <summary>What the buffers mean.</summary>
    public ColumnLayout Layout { get; }

    /// <summary>Bytes a value (<see cref="ColumnLayout.Fixed"/>), values a list (<see cref="ColumnLayout.FixedList"/>), else 0.</summary>
    public int Width { get; }

    /// <summary>The children that have nodes of their own in a message; none when dictionary-encoded.</summary>
    public ColumnData[] Children { get; }

    /// <summary>Nodes of this column and everything under it.</summary>
    public int NodeCount { get; }

    /// <summary>Buffers of this column and everything under it, without variadic ones and without the validity bitmaps of V4 unions.</summary>
    public int BufferCount { get; }

    /// <summary>View columns at and under this one: each has an entry in variadicBufferCounts.</summary>
    public int ViewCount { get; }

    /// <summary>Unions at and under this one: each has one buffer more in V4 messages.</summary>
    public int UnionCount { get; }

    /// <summary>For unions: the child of each type id 0 to 127, -1 where there is none.</summary>
    public sbyte[]? UnionChildren { get; }

    /// <summary>The buffers: validity, first, second, then the variadic ones.</summary>
    public BufferSlot[] Slots { get; private set; } = new BufferSlot[VariadicSlot];

    /// <summary>How many of <see cref="Slots"/> are in use.</summary>
    public int SlotCount { get; set; } = VariadicSlot;

    /// <summary>Rows.</summary>
    public int Length { get; set; }

    /// <summary>The null count as the message declares it; -1 is unknown.</summary>
    public long DeclaredNulls { get; set; }

    /// <summary>Zero bits of the validity bitmap within the length; all rows of a Null column.</summary>
    public int NullCount { get; set; }

    /// <summary>The dictionary of a dictionary-encoded column.</summary>
    public DictionaryValues? Dictionary { get; set; }

    /// <summary>The buffers of this column's own, without variadic ones.</summary>
    public int OwnBuffers => Layout switch
    {
        ColumnLayout.Null or ColumnLayout.RunEnds => 0,
        ColumnLayout.Struct or ColumnLayout.FixedList or ColumnLayout.SparseUnion => 1,
        ColumnLayout.Fixed or ColumnLayout.Bits or ColumnLayout.List32 or ColumnLayout.List64
            or ColumnLayout.DenseUnion or ColumnLayout.Views => 2,
        _ => 3,
    };

    /// <summary>Whether the layout starts with a validity bitmap (V5 rules).</summary>
    public bool HasValidity => Layout is not (ColumnLayout.Null or ColumnLayout.RunEnds or ColumnLayout.SparseUnion or ColumnLayout.DenseUnion);

    /// <summary>Builds the tree of a field whose types were checked by the schema parser.</summary>
    public static ColumnData Build(Field field)
    {
        if (field.Dictionary is { } encoding)
        {
            return new ColumnData(field, ColumnLayout.Fixed, encoding.IndexType.BitWidth / 8, []);
        }

        var children = new ColumnData[field.Children.Count];
        for (var i = 0; i < children.Length; i++)
        {
            children[i] = Build(field.Children[i]);
        }

        var layout = LayoutOf(field.Type);
        var width = layout switch
        {
            ColumnLayout.FixedList => field.Type.FixedSize,
            ColumnLayout.Fixed => WidthOf(field.Type),
            _ => 0,
        };
        return new ColumnData(field, layout, width, children);
    }

    /// <summary>A column without children over buffers that the caller keeps; its layout may differ from the type's usual one.</summary>
    public static ColumnData Over(
        Field field,
        ColumnLayout layout,
        int width,
        int length,
        int nullCount,
        ReadOnlyMemory<byte> validity,
        ReadOnlyMemory<byte> first,
        ReadOnlyMemory<byte> second)
    {
        var data = new ColumnData(field, layout, width, []) { Length = length, NullCount = nullCount };
        data.Slots[ValiditySlot].Bytes = nullCount == 0 ? default : validity[..((length + 7) / 8)];
        data.Slots[FirstSlot].Bytes = first;
        data.Slots[SecondSlot].Bytes = second;
        return data;
    }

    /// <summary>Makes room for the data buffers of a view column.</summary>
    public void Variadic(int count)
    {
        SlotCount = VariadicSlot + count;
        if (Slots.Length < SlotCount)
        {
            var grown = new BufferSlot[Math.Max(SlotCount, 2 * Slots.Length)];
            Slots.CopyTo(grown, 0);
            Slots = grown;
        }
    }

    private static ColumnLayout LayoutOf(ArrowType type) => type.Id switch
    {
        ArrowTypeId.Null => ColumnLayout.Null,
        ArrowTypeId.Bool => ColumnLayout.Bits,
        ArrowTypeId.Binary or ArrowTypeId.Utf8 => ColumnLayout.Bytes32,
        ArrowTypeId.LargeBinary or ArrowTypeId.LargeUtf8 => ColumnLayout.Bytes64,
        ArrowTypeId.BinaryView or ArrowTypeId.Utf8View => ColumnLayout.Views,
        ArrowTypeId.List or ArrowTypeId.Map => ColumnLayout.List32,
        ArrowTypeId.LargeList => ColumnLayout.List64,
        ArrowTypeId.ListView => ColumnLayout.ListView32,
        ArrowTypeId.LargeListView => ColumnLayout.ListView64,
        ArrowTypeId.FixedSizeList => ColumnLayout.FixedList,
        ArrowTypeId.Struct => ColumnLayout.Struct,
        ArrowTypeId.Union => type.Mode == 0 ? ColumnLayout.SparseUnion : ColumnLayout.DenseUnion,
        ArrowTypeId.RunEndEncoded => ColumnLayout.RunEnds,
        _ => ColumnLayout.Fixed,
    };

    private static int WidthOf(ArrowType type) => type.Id switch
    {
        ArrowTypeId.FixedSizeBinary => type.FixedSize,
        ArrowTypeId.Interval => type.Mode switch { 0 => 4, 1 => 8, _ => 16 },
        ArrowTypeId.Timestamp or ArrowTypeId.Duration => 8,
        _ when type.BitWidth > 0 => type.BitWidth / 8,
        _ => throw new UnsupportedArrowException($"The type {type} has no known width"),
    };

    private static sbyte[] ChildOfTypeId(ArrowType type, int children)
    {
        var map = new sbyte[128];
        map.AsSpan().Fill(-1);
        for (var child = 0; child < children; child++)
        {
            map[type.UnionTypeIds is { } ids ? ids[child] : child] = (sbyte)child;
        }

        return map;
    }
}
