using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IndicatorCore.CData;
using IndicatorCore.Columns;

namespace IndicatorCore.Tests.CData;

/// <summary>Structs that release nothing, over those of another owner.</summary>
internal static unsafe class Borrowed
{
    /// <summary>A lease over rows of a record, by an offset of the record or of each of its columns.</summary>
    public static BatchLease Slice(CArrayImport import, ArrowArray record, int skip, int length, bool ofColumns)
    {
        var columns = (int)record.ChildCount;
        var block = (byte*)NativeMemory.AllocZeroed((nuint)(sizeof(nint) + (columns * (sizeof(ArrowArray) + sizeof(nint)))));
        var structs = (ArrowArray*)block;
        var addresses = (ArrowArray**)(structs + columns);
        for (var i = 0; i < columns; i++)
        {
            structs[i] = *record.Children[i];
            addresses[i] = structs + i;
            structs[i].NullCount = -1;
            if (ofColumns)
            {
                structs[i].Offset = skip;
                structs[i].Length = length;
            }
        }

        record.Children = addresses;
        record.Length = length;
        record.Offset = ofColumns ? 0 : skip;
        record.Release = &Free;
        record.PrivateData = block;
        return Exported.Lease(import, record);
    }

    /// <summary>A record like another, with structs and buffer addresses of its own that a test may change.</summary>
    /// <remarks>The structs are never freed: a test changes what a release callback would need to know.</remarks>
    public static ArrowArray Copy(ArrowArray record)
    {
        var columns = (int)record.ChildCount;
        var structs = (ArrowArray*)NativeMemory.AllocZeroed((nuint)(columns * (sizeof(ArrowArray) + sizeof(nint))));
        var addresses = (ArrowArray**)(structs + columns);
        for (var i = 0; i < columns; i++)
        {
            structs[i] = *record.Children[i];
            structs[i].Buffers = Pointers(structs[i].Buffers, structs[i].BufferCount);
            addresses[i] = structs + i;
        }

        record.Children = addresses;
        record.Buffers = Pointers(record.Buffers, record.BufferCount);
        record.Release = &Nothing;
        return record;
    }

    /// <summary>Imports the struct of another owner, releasing nothing.</summary>
    public static void Read(CArrayImport import, ArrowArray array, BatchLease into)
    {
        array.Release = &Nothing;
        import.Import((nint)(&array), into);
    }

    /// <summary>Releases a struct.</summary>
    public static void Release(ArrowArray array) => array.Release(&array);

    private static void** Pointers(void** pointers, long count)
    {
        var copy = (void**)NativeMemory.Alloc((nuint)((count + 1) * sizeof(nint)));
        new ReadOnlySpan<nint>(pointers, (int)count).CopyTo(new Span<nint>(copy, (int)count));
        return copy;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Nothing(ArrowArray* array) => array->Release = null;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Free(ArrowArray* array)
    {
        NativeMemory.Free(array->PrivateData);
        array->Release = null;
    }
}
