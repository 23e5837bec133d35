using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IndicatorCore.CData;

namespace IndicatorCore.Tests.CData;

/// <summary>Arrays and schemas written by hand, for what no sample holds. Their memory is never freed: they are few and small.</summary>
internal static unsafe class Hand
{
    /// <summary>A schema's struct.</summary>
    public static ArrowSchema Schema(string format, string name, params ReadOnlySpan<ArrowSchema> children)
    {
        var addresses = Children(children);
        return new ArrowSchema
        {
            Format = (byte*)Marshal.StringToCoTaskMemUTF8(format),
            Name = (byte*)Marshal.StringToCoTaskMemUTF8(name),
            Flags = ArrowSchema.Nullable,
            ChildCount = children.Length,
            Children = (ArrowSchema**)addresses,
            Release = &ReleaseSchema,
        };
    }

    /// <summary>An array's struct.</summary>
    public static ArrowArray Array(long offset, long length, byte[]?[] buffers, params ReadOnlySpan<ArrowArray> children)
    {
        var addresses = Children(children);
        var pointers = (void**)NativeMemory.Alloc((nuint)((buffers.Length + 1) * sizeof(nint)));
        for (var i = 0; i < buffers.Length; i++)
        {
            pointers[i] = null;
            if (buffers[i] is { } bytes)
            {
                pointers[i] = NativeMemory.Alloc((nuint)bytes.Length + 1);
                bytes.CopyTo(new Span<byte>(pointers[i], bytes.Length));
            }
        }

        return new ArrowArray
        {
            Length = length,
            NullCount = -1,
            Offset = offset,
            BufferCount = buffers.Length,
            Buffers = pointers,
            ChildCount = children.Length,
            Children = (ArrowArray**)addresses,
            Release = &ReleaseArray,
        };
    }

    /// <summary>A struct that stays where it is, for a dictionary.</summary>
    public static T* Keep<T>(T value)
        where T : unmanaged
    {
        var kept = (T*)NativeMemory.Alloc((nuint)sizeof(T));
        *kept = value;
        return kept;
    }

    /// <summary>Numbers as bytes.</summary>
    public static byte[] Bytes<T>(params ReadOnlySpan<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(values).ToArray();

    private static void** Children<T>(ReadOnlySpan<T> children)
        where T : unmanaged
    {
        if (children.IsEmpty)
        {
            return null;
        }

        var structs = (T*)NativeMemory.Alloc((nuint)(children.Length * sizeof(T)));
        var addresses = (void**)NativeMemory.Alloc((nuint)(children.Length * sizeof(nint)));
        for (var i = 0; i < children.Length; i++)
        {
            structs[i] = children[i];
            addresses[i] = structs + i;
        }

        return addresses;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ReleaseSchema(ArrowSchema* schema) => schema->Release = null;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ReleaseArray(ArrowArray* array) => array->Release = null;
}
