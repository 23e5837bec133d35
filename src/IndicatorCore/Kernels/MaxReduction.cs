using System.Runtime.CompilerServices;

namespace IndicatorCore.Kernels;

/// <summary>The largest value.</summary>
internal readonly struct MaxReduction : IReduction
{
    /// <inheritdoc/>
    public static long Identity => long.MinValue;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Apply<TLanes>(TLanes result, TLanes values)
        where TLanes : unmanaged, ILanes<TLanes> => TLanes.Max(result, values);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Apply<TLanes>(TLanes result, TLanes values, TLanes mask)
        where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Select(mask, TLanes.Max(result, values), result);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Across<TLanes>(TLanes result)
        where TLanes : unmanaged, ILanes<TLanes> => TLanes.Largest(result);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Combine(long left, long right) => Math.Max(left, right);
}
