using System.Numerics;
using System.Runtime.CompilerServices;

namespace IndicatorCore.Kernels;

/// <summary>One value: the plain loop, for tails and for processors without vectors.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="value">The value.</param>
internal readonly struct BlockOfOne<T>(T value) : IBlock<BlockOfOne<T>, T>
    where T : unmanaged, INumber<T>
{
    private readonly T _value = value;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockOfOne<T> Create(T value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockOfOne<T> Load(ref readonly T source) => new(source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Equal(BlockOfOne<T> left, BlockOfOne<T> right) => left._value == right._value ? 1UL : 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Within(BlockOfOne<T> values, BlockOfOne<T> low, BlockOfOne<T> high) =>
        low._value <= values._value && values._value <= high._value ? 1UL : 0;
}
