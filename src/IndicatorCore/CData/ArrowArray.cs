using System.Runtime.InteropServices;

namespace IndicatorCore.CData;

/// <summary>The struct <c>ArrowArray</c> of the Arrow C data interface: the buffers of an array, and its children.</summary>
/// <remarks>Source: Apache Arrow, "The Arrow C data interface", structure definitions.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ArrowArray
{
    /// <summary>Rows, without those before <see cref="Offset"/>.</summary>
    public long Length;

    /// <summary>Nulls; -1 is unknown.</summary>
    public long NullCount;

    /// <summary>Rows that the buffers hold before the array's first one.</summary>
    public long Offset;

    /// <summary>The number of buffers.</summary>
    public long BufferCount;

    /// <summary>The number of children.</summary>
    public long ChildCount;

    /// <summary>The buffers; their sizes follow from the type, <see cref="Length"/> and <see cref="Offset"/>.</summary>
    public void** Buffers;

    /// <summary>The children.</summary>
    public ArrowArray** Children;

    /// <summary>The values of the dictionary; null when the array is not dictionary-encoded.</summary>
    public ArrowArray* Dictionary;

    /// <summary>Frees the struct's content; null when that was done, or when the content was moved elsewhere.</summary>
    public delegate* unmanaged[Cdecl]<ArrowArray*, void> Release;

    /// <summary>The producer's own.</summary>
    public void* PrivateData;
}
