using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Kernels;

/// <summary>Values in one vector of 512 bits.</summary>
/// <typeparam name="T">The values.</typeparam>
/// <param name="value">The vector.</param>
internal readonly struct Block512<T>(Vector512<T> value) : IBlock<Block512<T>, T>
    where T : unmanaged, INumber<T>
{
    private readonly Vector512<T> _value = value;

    /// <inheritdoc/>
    public static int Count => Vector512<T>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block512<T> Create(T value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block512<T> Load(ref readonly T source) => new(Vector512.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Equal(Block512<T> left, Block512<T> right) =>
        Vector512.ExtractMostSignificantBits(Vector512.Equals(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Within(Block512<T> values, Block512<T> low, Block512<T> high) =>
        Vector512.ExtractMostSignificantBits(
            Vector512.LessThanOrEqual(low._value, values._value) & Vector512.LessThanOrEqual(values._value, high._value));
}
