using System.Runtime.InteropServices;

namespace IndicatorCore.CData;

/// <summary>The memory that one exported <see cref="ArrowArray"/> owns besides its buffers.</summary>
internal readonly unsafe ref struct ExportBlock
{
    private const int ZeroBytes = 16;
    private readonly ArrowArray* _children;

    /// <summary>Allocates the block and points the struct at it.</summary>
    public ExportBlock(ArrowArray* array, nint owner, int buffers, int children, bool hasDictionary, int sizes)
    {
        var structs = children + (hasDictionary ? 1 : 0);
        var bytes = ((long)structs * sizeof(ArrowArray)) + ((1L + buffers + children) * sizeof(nint)) + ((long)sizes * sizeof(long)) + ZeroBytes;
        var block = (byte*)NativeMemory.AllocZeroed((nuint)bytes);
        *(nint*)block = owner;
        Sizes = (long*)(block + sizeof(long));
        Zeros = Sizes + sizes;
        _children = (ArrowArray*)((byte*)Zeros + ZeroBytes);
        array->PrivateData = block;
        array->Buffers = (void**)(_children + structs);
        array->BufferCount = buffers;
        array->Children = (ArrowArray**)(array->Buffers + buffers);
        array->ChildCount = children;
        for (var i = 0; i < children; i++)
        {
            array->Children[i] = _children + i;
        }

        array->Dictionary = hasDictionary ? _children + children : null;
    }

    /// <summary>What empty buffers point at: consumers may look at the first offset of no rows.</summary>
    public void* Zeros { get; }

    /// <summary>The sizes of view data buffers.</summary>
    public long* Sizes { get; }

    /// <summary>The owner that a struct was allocated for.</summary>
    public static nint Owner(ArrowArray* array) => *(nint*)array->PrivateData;

    /// <summary>The struct of a child.</summary>
    public ArrowArray* Child(int index) => _children + index;
}
