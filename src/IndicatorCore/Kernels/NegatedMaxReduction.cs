using System.Runtime.CompilerServices;

namespace IndicatorCore.Kernels;

/// <summary>The largest of the negated values: the least, so that one operation folds both.</summary>
internal readonly struct NegatedMaxReduction : IReduction
{
    /// <inheritdoc/>
    public static long Identity => long.MinValue;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Apply<TLanes>(TLanes result, TLanes values)
        where TLanes : unmanaged, ILanes<TLanes> => TLanes.Max(result, TLanes.Subtract(TLanes.Create(0), values));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Apply<TLanes>(TLanes result, TLanes values, TLanes mask)
        where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Select(mask, TLanes.Max(result, TLanes.Subtract(TLanes.Create(0), values)), result);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Across<TLanes>(TLanes result)
        where TLanes : unmanaged, ILanes<TLanes> => TLanes.Largest(result);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Combine(long left, long right) => Math.Max(left, right);
}
