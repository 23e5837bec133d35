using System.Runtime.InteropServices;

namespace IndicatorCore.Memory;

/// <summary>One run of bytes that grows as it is filled and keeps its memory for the next time. Starts at a multiple of 64 bytes.</summary>
internal sealed class GrowingBuffer
{
    private const int Alignment = 64;
    private const int Smallest = 4096;

    private byte[] _bytes = [];
    private int _start;

    /// <summary>The most that it can hold.</summary>
    public static int Limit => Array.MaxLength - Alignment;

    /// <summary>How much it holds without growing.</summary>
    public int Capacity => _bytes.Length == 0 ? 0 : _bytes.Length - Alignment;

    /// <summary>Makes room for <paramref name="length"/> bytes and keeps the first <paramref name="kept"/>; what is behind them is undefined.</summary>
    public void Reserve(int length, int kept)
    {
        if (length <= Capacity)
        {
            return;
        }

        var wanted = (int)Math.Min(Math.Max(Math.Max(length, Smallest), 2L * Capacity), Limit);
        var grown = GC.AllocateUninitializedArray<byte>(wanted + Alignment, pinned: true);
        var start = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(grown, 0).ToInt64() & (Alignment - 1));
        _bytes.AsSpan(_start, Math.Min(kept, Capacity)).CopyTo(grown.AsSpan(start));
        (_bytes, _start) = (grown, start);
    }

    /// <summary>A part of what was reserved.</summary>
    public Memory<byte> Slice(int start, int length) => _bytes.AsMemory(_start + start, length);

    /// <summary>Debug builds overwrite the content, so that a view kept too long shows.</summary>
    [System.Diagnostics.Conditional("DEBUG")]
    public void Overwrite() => _bytes.AsSpan().Fill(0xDB);

    /// <summary>Lets go of the memory.</summary>
    public void Free()
    {
        Overwrite();
        (_bytes, _start) = ([], 0);
    }
}
