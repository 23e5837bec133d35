using System.Runtime.InteropServices;

namespace IndicatorCore.CData;

/// <summary>The struct <c>ArrowSchema</c> of the Arrow C data interface: the type of an array, and of its children.</summary>
/// <remarks>Source: Apache Arrow, "The Arrow C data interface", structure definitions.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ArrowSchema
{
    /// <summary>Flag: the order of the dictionary's values has a meaning.</summary>
    public const long DictionaryOrdered = 1;

    /// <summary>Flag: the field may hold nulls.</summary>
    public const long Nullable = 2;

    /// <summary>Flag: the keys of each map are sorted.</summary>
    public const long MapKeysSorted = 4;

    /// <summary>The type, as a null-terminated format string.</summary>
    public byte* Format;

    /// <summary>The field's name, null-terminated UTF-8; null is empty.</summary>
    public byte* Name;

    /// <summary>Metadata in the binary form of <see cref="SchemaMetadata"/>; null is none.</summary>
    public byte* Metadata;

    /// <summary>The flags above.</summary>
    public long Flags;

    /// <summary>The number of children.</summary>
    public long ChildCount;

    /// <summary>The children.</summary>
    public ArrowSchema** Children;

    /// <summary>The type of the dictionary's values; null when the field is not dictionary-encoded.</summary>
    public ArrowSchema* Dictionary;

    /// <summary>Frees the struct's content; null when that was done, or when the content was moved elsewhere.</summary>
    public delegate* unmanaged[Cdecl]<ArrowSchema*, void> Release;

    /// <summary>The producer's own.</summary>
    public void* PrivateData;
}
