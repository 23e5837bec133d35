using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Kernels;

/// <summary>Values in one vector of 128 bits.</summary>
/// <typeparam name="T">The values.</typeparam>
/// <param name="value">The vector.</param>
internal readonly struct Block128<T>(Vector128<T> value) : IBlock<Block128<T>, T>
    where T : unmanaged, INumber<T>
{
    private readonly Vector128<T> _value = value;

    /// <inheritdoc/>
    public static int Count => Vector128<T>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block128<T> Create(T value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block128<T> Load(ref readonly T source) => new(Vector128.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Equal(Block128<T> left, Block128<T> right) =>
        Vector128.ExtractMostSignificantBits(Vector128.Equals(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Within(Block128<T> values, Block128<T> low, Block128<T> high) =>
        Vector128.ExtractMostSignificantBits(
            Vector128.LessThanOrEqual(low._value, values._value) & Vector128.LessThanOrEqual(values._value, high._value));
}
