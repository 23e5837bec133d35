using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Kernels;

/// <summary>Which pane of equal length an instant falls into.</summary>
internal static class PaneKernel
{
    // above this, a product that is one pane off would leave the range of a long
    private const long LongestByReciprocal = 1L << 61;

    /// <summary>Writes first + (instants[i] - start) / length, exactly.</summary>
    /// <param name="instants">Instants; the caller has proved start &lt;= instant &lt; start + 2^31 * length.</param>
    /// <param name="start">Where pane <paramref name="first"/> begins.</param>
    /// <param name="length">The length of a pane, above zero.</param>
    /// <param name="first">The number of the first pane.</param>
    /// <param name="result">A pane an instant.</param>
    public static void Divide(ReadOnlySpan<long> instants, long start, long length, int first, Span<int> result)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Divide<Lanes512>(instants, start, length, first, result);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Divide<Lanes256>(instants, start, length, first, result);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Divide<Lanes128>(instants, start, length, first, result);
        }
        else
        {
            Divide<Lanes64>(instants, start, length, first, result);
        }
    }

    /// <summary>The same in lanes of a given width.</summary>
    // optimised at its first call: a ready-to-run image would hold code for the smallest vectors, and tiering would run the
    // first batches in slow code
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Divide<TLanes>(ReadOnlySpan<long> instants, long start, long length, int first, Span<int> result)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ref var source = ref MemoryMarshal.GetReference(instants);
        ref var target = ref MemoryMarshal.GetReference(result[..instants.Length]);
        var (starts, lengths, firsts) = (TLanes.Create(start), TLanes.Create(length), TLanes.Create(first));
        var reciprocal = TLanes.Create(BitConverter.DoubleToInt64Bits(1.0 / length));

        // adding 2^52 leaves the quotient, rounded to the nearest, in the low bits
        var magic = TLanes.Create(BitConverter.DoubleToInt64Bits(4_503_599_627_370_496));
        var i = 0;
        for (; length <= LongestByReciprocal && i + TLanes.Count <= instants.Length; i += TLanes.Count)
        {
            // three roundings of 2^-53 each move a quotient below 2^31 by less than 2^-20, and rounding to the nearest by one half:
            // the estimate is the quotient or the next, and the sign of what is left says which
            var elapsed = TLanes.Subtract(TLanes.Load(in Unsafe.Add(ref source, i)), starts);
            var estimate = TLanes.FusedMultiplyAdd(TLanes.UnsignedToDoubles(elapsed), reciprocal, magic);
            var quotient = TLanes.Subtract(estimate, magic);
            var left = TLanes.Subtract(elapsed, TLanes.Multiply(quotient, lengths));
            quotient = TLanes.Add(quotient, TLanes.Signs(left));
            TLanes.StoreLow(TLanes.Add(quotient, firsts), ref Unsafe.Add(ref target, i));
        }

        for (; i < instants.Length; i++)
        {
            Unsafe.Add(ref target, i) = first + (int)((ulong)(Unsafe.Add(ref source, i) - start) / (ulong)length);
        }
    }
}
