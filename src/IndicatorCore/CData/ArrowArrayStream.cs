using System.Runtime.InteropServices;

namespace IndicatorCore.CData;

/// <summary>The struct <c>ArrowArrayStream</c> of the Arrow C stream interface: arrays of one schema, one after the other.</summary>
/// <remarks>Source: Apache Arrow, "The Arrow C stream interface", structure definition.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ArrowArrayStream
{
    /// <summary>Fills a schema; 0, or an errno.</summary>
    public delegate* unmanaged[Cdecl]<ArrowArrayStream*, ArrowSchema*, int> GetSchema;

    /// <summary>Fills the next array, or one marked as released behind the last; 0, or an errno.</summary>
    public delegate* unmanaged[Cdecl]<ArrowArrayStream*, ArrowArray*, int> GetNext;

    /// <summary>What went wrong in the last call that gave an errno; null-terminated, may be null.</summary>
    public delegate* unmanaged[Cdecl]<ArrowArrayStream*, byte*> GetLastError;

    /// <summary>Frees the struct's content; null when that was done, or when the content was moved elsewhere.</summary>
    public delegate* unmanaged[Cdecl]<ArrowArrayStream*, void> Release;

    /// <summary>The producer's own.</summary>
    public void* PrivateData;
}
