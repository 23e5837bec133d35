using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Kernels;

/// <summary>Instants of any unit and zone as nanoseconds.</summary>
internal static class InstantKernel
{
    /// <summary>Writes raw * unit - offset. The caller has proved that no result leaves the range of a long.</summary>
    /// <param name="raw">Instants as they are stored.</param>
    /// <param name="unit">Nanoseconds a step.</param>
    /// <param name="offset">What the zone is ahead of UTC, in nanoseconds.</param>
    /// <param name="result">A number an instant; may be <paramref name="raw"/>.</param>
    public static void Scale(ReadOnlySpan<long> raw, long unit, long offset, Span<long> result)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Scale<Lanes512>(raw, unit, offset, result);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Scale<Lanes256>(raw, unit, offset, result);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Scale<Lanes128>(raw, unit, offset, result);
        }
        else
        {
            Scale<Lanes64>(raw, unit, offset, result);
        }
    }

    /// <summary>The same in lanes of a given width.</summary>
    // optimised at its first call: a ready-to-run image would hold code for the smallest vectors, and tiering would run the
    // first batches in slow code
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Scale<TLanes>(ReadOnlySpan<long> raw, long unit, long offset, Span<long> result)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        ref var target = ref MemoryMarshal.GetReference(result[..raw.Length]);
        var (units, offsets) = (TLanes.Create(unit), TLanes.Create(offset));
        var i = 0;
        for (; i + TLanes.Count <= raw.Length; i += TLanes.Count)
        {
            var scaled = TLanes.Subtract(TLanes.Multiply(TLanes.Load(in Unsafe.Add(ref source, i)), units), offsets);
            TLanes.Store(scaled, ref Unsafe.Add(ref target, i));
        }

        for (; i < raw.Length; i++)
        {
            result[i] = (raw[i] * unit) - offset;
        }
    }
}
