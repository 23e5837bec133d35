using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace IndicatorCore.Kernels;

/// <summary>
/// Numbers of units into the records of their places: the first lanes of a record are sums, the others maxima. Units of one place
/// may follow one another; they are taken one at a time.
/// </summary>
internal static class FoldKernel
{
    // rows between the record that is folded and the one that is fetched
    private const int Ahead = 16;

    /// <summary>Folds a matrix of a row a unit: lanes below <paramref name="adds"/> are added, the others are maxima.</summary>
    /// <param name="matrix">Unit u is at u * <paramref name="stride"/>.</param>
    /// <param name="stride">The numbers a unit and a record; a multiple of 4.</param>
    /// <param name="adds">How many of them are sums; a multiple of 4.</param>
    /// <param name="places">A record a unit, none negative.</param>
    /// <param name="records">The record of place p is at p * <paramref name="stride"/>.</param>
    public static void AddUnits(ReadOnlySpan<long> matrix, int stride, int adds, ReadOnlySpan<int> places, Span<long> records)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            AddUnits<Lanes512>(matrix, stride, adds, places, records);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            AddUnits<Lanes256>(matrix, stride, adds, places, records);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            AddUnits<Lanes128>(matrix, stride, adds, places, records);
        }
        else
        {
            AddUnits<Lanes64>(matrix, stride, adds, places, records);
        }
    }

    /// <summary>The same fold of lanes that lie behind one another: lane l of row i is lanes[l * pitch + i].</summary>
    /// <param name="lanes">At least stride * <paramref name="pitch"/> numbers.</param>
    /// <param name="pitch">The distance of two lanes, at least <paramref name="rows"/>.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="adds">How many lanes are sums; a multiple of 4.</param>
    /// <param name="stride">How many lanes; a multiple of 4.</param>
    /// <param name="places">A record a row; rows with a negative one are passed over.</param>
    /// <param name="records">The record of place p is at p * <paramref name="stride"/>.</param>
    public static void AddRows(
        ReadOnlySpan<long> lanes, int pitch, int rows, int adds, int stride, ReadOnlySpan<int> places, Span<long> records)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            AddRows<Lanes512>(lanes, pitch, rows, adds, stride, places, records);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            AddRows<Lanes256>(lanes, pitch, rows, adds, stride, places, records);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            AddRows<Lanes128>(lanes, pitch, rows, adds, stride, places, records);
        }
        else
        {
            AddRows<Lanes64>(lanes, pitch, rows, adds, stride, places, records);
        }
    }

    /// <summary>The fold of units in lanes of a given width.</summary>
    // optimised at its first call: a ready-to-run image would hold code for the smallest vectors, and tiering would run the
    // first batches in slow code
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddUnits<TLanes>(ReadOnlySpan<long> matrix, int stride, int adds, ReadOnlySpan<int> places, Span<long> records)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        Check(stride, adds);
        ArgumentOutOfRangeException.ThrowIfLessThan(matrix.Length, (long)stride * places.Length, nameof(matrix));
        ref var units = ref MemoryMarshal.GetReference(matrix);
        var limit = records.Length / stride;
        ref var first = ref MemoryMarshal.GetReference(records);
        for (var u = 0; u < places.Length; u++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)places[u], (uint)limit, nameof(places));
            ref var unit = ref Unsafe.Add(ref units, (nint)u * stride);
            ref var record = ref Unsafe.Add(ref first, (nint)places[u] * stride);
            var l = 0;
            for (; l + TLanes.Count <= stride; l += TLanes.Count)
            {
                Fold<TLanes>(ref Unsafe.Add(ref unit, l), ref Unsafe.Add(ref record, l), Sums<TLanes>(adds - l));
            }

            if (l < stride)
            {
                // strides are multiples of 4: half a vector of 8 is left
                Fold<Lanes256>(ref Unsafe.Add(ref unit, l), ref Unsafe.Add(ref record, l), Sums<Lanes256>(adds - l));
            }
        }
    }

    /// <summary>The fold of rows in squares of a given width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddRows<TLanes>(
        ReadOnlySpan<long> lanes, int pitch, int rows, int adds, int stride, ReadOnlySpan<int> places, Span<long> records)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        Check(stride, adds);
        ArgumentOutOfRangeException.ThrowIfLessThan(pitch, rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(lanes.Length, ((long)(stride - 1) * pitch) + rows, nameof(lanes));
        places = places[..rows];
        var limit = records.Length / stride;
        foreach (var place in places)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, limit, nameof(places));
        }

        ref var source = ref MemoryMarshal.GetReference(lanes);
        ref var first = ref MemoryMarshal.GetReference(records);
        Span<long> square = stackalloc long[64];
        var i = 0;
        for (; i + TLanes.Count <= rows; i += TLanes.Count)
        {
            for (var ahead = i + Ahead; ahead < Math.Min(i + Ahead + TLanes.Count, rows); ahead++)
            {
                Fetch(ref first, places[ahead], stride);
            }

            var l = 0;
            for (; l + TLanes.Count <= stride; l += TLanes.Count)
            {
                Square<TLanes>(ref Unsafe.Add(ref source, ((nint)l * pitch) + i), pitch, square, places.Slice(i, TLanes.Count), Sums<TLanes>(adds - l), ref Unsafe.Add(ref first, l), stride);
            }

            for (var half = 0; l < stride && half < TLanes.Count; half += Lanes256.Count)
            {
                Square<Lanes256>(ref Unsafe.Add(ref source, ((nint)l * pitch) + i + half), pitch, square, places.Slice(i + half, Lanes256.Count), Sums<Lanes256>(adds - l), ref Unsafe.Add(ref first, l), stride);
            }
        }

        for (; i < rows; i++)
        {
            for (var l = 0; l < stride && places[i] >= 0; l++)
            {
                var value = Unsafe.Add(ref source, ((nint)l * pitch) + i);
                ref var record = ref Unsafe.Add(ref first, ((nint)places[i] * stride) + l);
                record = l < adds ? record + value : Math.Max(record, value);
            }
        }
    }

    // places were checked against the records, the source against rows and lanes
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Square<TLanes>(
        ref long source, int pitch, Span<long> square, ReadOnlySpan<int> places, TLanes sums, ref long records, int stride)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        ref var turned = ref MemoryMarshal.GetReference(square);
        TLanes.Transpose(in source, pitch, ref turned);
        for (var r = 0; r < places.Length; r++)
        {
            if (places[r] >= 0)
            {
                Fold(ref Unsafe.Add(ref turned, r * TLanes.Count), ref Unsafe.Add(ref records, (nint)places[r] * stride), sums);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fold<TLanes>(ref long unit, ref long record, TLanes sums)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var (value, old) = (TLanes.Load(in unit), TLanes.Load(in record));
        TLanes.Store(TLanes.Select(sums, TLanes.Add(old, value), TLanes.Max(old, value)), ref record);
    }

    // a mask of the lanes below a number
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Sums<TLanes>(int adds)
        where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Test(TLanes.Create(adds >= TLanes.Count ? -1 : (1L << Math.Max(adds, 0)) - 1), TLanes.Powers);

    private static unsafe void Fetch(ref long records, int place, int stride)
    {
        if (!Sse.IsSupported || place < 0)
        {
            return;
        }

        // only a hint: it may name what has moved meanwhile
        var at = (long*)Unsafe.AsPointer(ref records) + ((nint)place * stride);
        for (var l = 0; l < stride; l += 8)
        {
            Sse.Prefetch0(at + l);
        }
    }

    private static void Check(int stride, int adds)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stride);
        ArgumentOutOfRangeException.ThrowIfNotEqual(stride & 3, 0, nameof(stride));
        ArgumentOutOfRangeException.ThrowIfNotEqual(adds & 3, 0, nameof(adds));
        ArgumentOutOfRangeException.ThrowIfNegative(adds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(adds, stride);
    }
}
