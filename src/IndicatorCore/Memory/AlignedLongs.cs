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
        var bytes = (long)capacity * sizeof(long);
        var alignment = bytes >= HugePages.Size ? HugePages.Size : Alignment;
        var grown = GC.AllocateUninitializedArray<long>(capacity + (alignment / sizeof(long)), pinned: true);
        var address = Marshal.UnsafeAddrOfPinnedArrayElement(grown, 0);
        var start = (int)(-address.ToInt64() & (alignment - 1)) / sizeof(long);
        if (alignment == HugePages.Size)
        {
            HugePages.Ask(address + (start * sizeof(long)), bytes);
        }

        Span[..kept].CopyTo(grown.AsSpan(start));
        (_longs, _start, Capacity) = (grown, start, capacity);
    }

    /// <summary>Lets go of the memory.</summary>
    public void Free() => (_longs, _start, Capacity) = ([], 0, 0);
}
