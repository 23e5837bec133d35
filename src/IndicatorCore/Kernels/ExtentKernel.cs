using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Kernels;

/// <summary>The least and the largest of values.</summary>
internal static class ExtentKernel
{
    /// <summary>Finds both.</summary>
    /// <param name="values">Any number of values; of none the least is <see cref="long.MaxValue"/>, the largest <see cref="long.MinValue"/>.</param>
    public static (long Min, long Max) Of(ReadOnlySpan<long> values)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Of<Lanes512>(values);
        }

        if (Vector256.IsHardwareAccelerated)
        {
            return Of<Lanes256>(values);
        }

        if (Vector128.IsHardwareAccelerated)
        {
            return Of<Lanes128>(values);
        }

        return Of<Lanes64>(values);
    }

    /// <summary>The same in lanes of a given width.</summary>
    // optimised at its first call: a ready-to-run image would hold code for the smallest vectors, and tiering would run the
    // first batches in slow code
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static (long Min, long Max) Of<TLanes>(ReadOnlySpan<long> values)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var (least, most) = (TLanes.Create(long.MaxValue), TLanes.Create(long.MinValue));
        var i = 0;
        for (; i + TLanes.Count <= values.Length; i += TLanes.Count)
        {
            var value = TLanes.Load(in Unsafe.Add(ref first, i));
            least = TLanes.Min(least, value);
            most = TLanes.Max(most, value);
        }

        // the complement turns the order round and, unlike the negative, every value has one
        var min = ~TLanes.Largest(TLanes.Xor(least, TLanes.Create(-1)));
        var max = TLanes.Largest(most);
        for (; i < values.Length; i++)
        {
            min = Math.Min(min, values[i]);
            max = Math.Max(max, values[i]);
        }

        return (min, max);
    }
}
