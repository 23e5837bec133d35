using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.CData;

/// <summary>A batch that was handed out: pins its buffers, and disposes its lease when the last of its structs is released.</summary>
/// <remarks>
/// Each struct owns one block: the handle of this object, the buffers' addresses, and the structs of its children. Children may be moved away
/// and released after their parent, so every struct counts.
/// </remarks>
internal sealed unsafe class ExportedArray
{
    private readonly List<MemoryHandle> _pins = [];
    private GCHandle _self;
    private BatchLease? _lease;
    private int _structs;

    private ExportedArray()
    {
    }

    /// <summary>Fills a struct with a decoded batch, and takes its lease over if that succeeds.</summary>
    public static void Write(BatchLease lease, ArrowArray* to)
    {
        *to = default;
        var export = new ExportedArray();
        export._self = GCHandle.Alloc(export);
        export._structs = 1;   // held until all structs are there
        try
        {
            export.WriteRecord(lease, to);
            export._lease = lease;
        }
        catch
        {
            End(to);
            throw;
        }
        finally
        {
            export.Release();
        }
    }

    private void WriteRecord(BatchLease lease, ArrowArray* to)
    {
        var columns = lease.Columns;
        var room = new ExportBlock(to, GCHandle.ToIntPtr(_self), buffers: 1, columns.Length, hasDictionary: false, sizes: 0);
        Begin(to, lease.RowCount, 0);
        for (var i = 0; i < columns.Length; i++)
        {
            Write(lease.Loaded(i), room.Child(i));
        }
    }

    private void Write(ColumnData column, ArrowArray* to)
    {
        var hasDictionary = column.Field.Dictionary is not null;
        var variadic = column.SlotCount - ColumnData.VariadicSlot;
        var isView = column.Layout == ColumnLayout.Views;
        var buffers = column.OwnBuffers + (isView ? variadic + 1 : 0);
        if (!column.HasValidity && !column.Slots[ColumnData.ValiditySlot].Bytes.IsEmpty)
        {
            throw new UnsupportedArrowException("A union with nulls of its own cannot be exported", new DataLocation(Column: column.Path));
        }

        var room = new ExportBlock(to, GCHandle.ToIntPtr(_self), buffers, column.Children.Length, hasDictionary, isView ? variadic : 0);
        Begin(to, column.Length, column.NullCount);
        var at = 0;
        if (column.HasValidity)
        {
            to->Buffers[at++] = Pin(column.Slots[ColumnData.ValiditySlot].Bytes, null);
        }

        for (var slot = ColumnData.FirstSlot; at < column.OwnBuffers; slot++)
        {
            to->Buffers[at++] = Pin(column.Slots[slot].Bytes, room.Zeros);
        }

        for (var i = 0; isView && i < variadic; i++)
        {
            var data = column.Slots[ColumnData.VariadicSlot + i].Bytes;
            to->Buffers[at++] = Pin(data, room.Zeros);
            room.Sizes[i] = data.Length;
        }

        if (isView)
        {
            to->Buffers[at] = room.Sizes;
        }

        for (var i = 0; i < column.Children.Length; i++)
        {
            Write(column.Children[i], room.Child(i));
        }

        if (hasDictionary)
        {
            var values = column.Dictionary?.Data ?? ColumnData.Build(column.Field with { Dictionary = null });
            Write(UsualLayout.Of(values), to->Dictionary);
        }
    }

    private void Begin(ArrowArray* to, int length, int nulls)
    {
        _structs++;
        to->Length = length;
        to->NullCount = nulls;
        to->Release = &ReleaseStruct;
    }

    private void* Pin(ReadOnlyMemory<byte> bytes, void* empty)
    {
        if (bytes.IsEmpty)
        {
            return empty;
        }

        var pin = bytes.Pin();
        _pins.Add(pin);
        return pin.Pointer;
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _structs) > 0)
        {
            return;
        }

        foreach (var pin in _pins)
        {
            pin.Dispose();
        }

        _self.Free();
        _lease?.Dispose();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ReleaseStruct(ArrowArray* array)
    {
        for (var i = 0L; i < array->ChildCount; i++)
        {
            End(array->Children[i]);
        }

        End(array->Dictionary);
        var export = (ExportedArray)GCHandle.FromIntPtr(ExportBlock.Owner(array)).Target!;
        NativeMemory.Free(array->PrivateData);
        array->Release = null;
        export.Release();
    }

    // a child may have been moved away, and one behind a failure was never written
    private static void End(ArrowArray* array)
    {
        if (array is not null && array->Release is not null)
        {
            array->Release(array);
        }
    }
}
