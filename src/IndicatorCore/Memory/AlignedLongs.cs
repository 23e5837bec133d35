using System.Runtime.InteropServices;

namespace IndicatorCore.Memory;

/// <summary>64-bit integers that start at a multiple of 64 bytes, so that records of eight fill cache lines; keeps its memory when it grows.</summary>
internal sealed class AlignedLongs
{
    private const int Alignment = 64;

    private long[] _longs = [];
    private int _start;

    /// <summary>How many there is room for.</summary>
    public int Capacity { get; private set; }

    /// <summary>All of them; what was never written is undefined.</summary>
    public Span<long> Span => _longs.AsSpan(_start, Capacity);

    /// <summary>Makes room for <paramref name="capacity"/> and keeps the first <paramref name="kept"/>.</summary>
    public void Grow(int capacity, int kept)
    {
        var grown = GC.AllocateUninitializedArray<long>(capacity + (Alignment / sizeof(long)), pinned: true);
        var start = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(grown, 0).ToInt64() & (Alignment - 1)) / sizeof(long);
        Span[..kept].CopyTo(grown.AsSpan(start));
        (_longs, _start, Capacity) = (grown, start, capacity);
    }

    /// <summary>Lets go of the memory.</summary>
    public void Free() => (_longs, _start, Capacity) = ([], 0, 0);
}
