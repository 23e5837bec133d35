using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Kernels;

/// <summary>Values in one vector of 256 bits.</summary>
/// <typeparam name="T">The values.</typeparam>
/// <param name="value">The vector.</param>
internal readonly struct Block256<T>(Vector256<T> value) : IBlock<Block256<T>, T>
    where T : unmanaged, INumber<T>
{
    private readonly Vector256<T> _value = value;

    /// <inheritdoc/>
    public static int Count => Vector256<T>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block256<T> Create(T value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block256<T> Load(ref readonly T source) => new(Vector256.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Equal(Block256<T> left, Block256<T> right) =>
        Vector256.ExtractMostSignificantBits(Vector256.Equals(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Within(Block256<T> values, Block256<T> low, Block256<T> high) =>
        Vector256.ExtractMostSignificantBits(
            Vector256.LessThanOrEqual(low._value, values._value) & Vector256.LessThanOrEqual(values._value, high._value));
}
