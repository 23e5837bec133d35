using System.Numerics;

namespace IndicatorCore.Kernels;

/// <summary>Values side by side that are only compared, a bit a value: what marking kernels are generic over.</summary>
/// <typeparam name="TSelf">The width.</typeparam>
/// <typeparam name="T">The values.</typeparam>
internal interface IBlock<TSelf, T>
    where TSelf : unmanaged, IBlock<TSelf, T>
    where T : unmanaged, INumber<T>
{
    /// <summary>How many values: from 1 to 64, a divisor of 64.</summary>
    static abstract int Count { get; }

    /// <summary>One value everywhere.</summary>
    static abstract TSelf Create(T value);

    /// <summary>Reads <see cref="Count"/> values from a place that has them.</summary>
    static abstract TSelf Load(ref readonly T source);

    /// <summary>Bits of the values that are the same on both sides.</summary>
    static abstract ulong Equal(TSelf left, TSelf right);

    /// <summary>Bits of the values from low to high, both included; never NaN.</summary>
    static abstract ulong Within(TSelf values, TSelf low, TSelf high);
}
