using System.Runtime.CompilerServices;

namespace IndicatorCore.Kernels;

/// <summary>Sums modulo 2^64.</summary>
internal readonly struct SumReduction : IReduction
{
    /// <inheritdoc/>
    public static long Identity => 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Apply<TLanes>(TLanes result, TLanes values)
        where TLanes : unmanaged, ILanes<TLanes> => TLanes.Add(result, values);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Apply<TLanes>(TLanes result, TLanes values, TLanes mask)
        where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Add(result, TLanes.And(values, mask));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Across<TLanes>(TLanes result)
        where TLanes : unmanaged, ILanes<TLanes> => TLanes.Sum(result);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Combine(long left, long right) => left + right;
}
