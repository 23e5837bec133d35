using IndicatorCore.Kernels;

namespace IndicatorCore.Aggregation.Fold;

/// <summary>
/// Which rows have a fixed-point value within bounds. Values that still lie in their column are compared there: rounding to fixed point keeps
/// order, so the bounds have exact counterparts among the column's own values.
/// </summary>
/// <param name="low">The least value, inclusive.</param>
/// <param name="high">The greatest value, inclusive.</param>
internal sealed class RangeMark(long low, long high)
{
    private const long FastLimit = 1L << 51;
    private const double Magic = 6_755_399_441_055_744;   // 1.5 · 2^52

    private double _factor;
    private (double Low, double High) _doubles;
    private (float Low, float High) _singles;
    private (int Low, int High) _integers;

    /// <summary>Sets the bit of every row within the bounds, whatever its class; bits behind the last row are undefined.</summary>
    public void Mark(RowChunk chunk, Lane lane, Span<ulong> bits)
    {
        if (chunk.Deferred(lane) is { } deferred)
        {
            Mark(deferred, bits);
        }
        else
        {
            RangeKernel.Mark(chunk.Values(lane).AsSpan(0, chunk.Length), low, high, bits);
        }
    }

    /// <summary>The same of values in their column.</summary>
    public void Mark(DeferredLane deferred, Span<ulong> bits)
    {
        if (deferred.Factor != _factor)
        {
            Bind(deferred.Factor);
        }

        switch (deferred.Kind)
        {
            case DeferredKind.Double:
                RangeKernel.Mark(deferred.Doubles, _doubles.Low, _doubles.High, bits);
                break;
            case DeferredKind.Single:
                RangeKernel.Mark(deferred.Singles, _singles.Low, _singles.High, bits);
                break;
            case DeferredKind.Int32:
                RangeKernel.Mark(deferred.Integers, _integers.Low, _integers.High, bits);
                break;
            default:
                MarkFlags(deferred.Bits, bits);
                break;
        }
    }

    private void MarkFlags(ReadOnlySpan<ulong> flags, Span<ulong> bits)
    {
        var (zero, one) = (low <= 0 && high >= 0, low <= 1 && high >= 1);
        for (var word = 0; word < bits.Length; word++)
        {
            bits[word] = (one ? flags[word] : 0) | (zero ? ~flags[word] : 0);
        }
    }

    private void Bind(double factor)
    {
        _factor = factor;
        _doubles = (Least(low), high == long.MaxValue ? double.PositiveInfinity : double.BitDecrement(Least(high + 1)));
        _singles = (LeastSingle(low), high == long.MaxValue ? float.PositiveInfinity : float.BitDecrement(LeastSingle(high + 1)));
        var step = (long)factor;
        var from = low / step + (low % step > 0 ? 1 : 0);
        var to = (high / step) - (high % step < 0 ? 1 : 0);
        _integers = from > int.MaxValue || to < int.MinValue
            ? (1, 0)
            : ((int)Math.Max(from, int.MinValue), (int)Math.Min(to, int.MaxValue));
    }

    // the least double whose fixed point is at least as great; every value in a deferred lane converts fast
    private double Least(long bound)
    {
        if (bound <= -FastLimit)
        {
            return double.NegativeInfinity;
        }

        if (bound >= FastLimit)
        {
            return double.PositiveInfinity;
        }

        var (below, above) = (Key(-FastLimit / _factor), Key(FastLimit / _factor));
        while (above > below + 1)
        {
            var middle = (below >> 1) + (above >> 1) + (below & above & 1);
            if (Fixed(Value(middle)) >= bound)
            {
                above = middle;
            }
            else
            {
                below = middle;
            }
        }

        return Value(above);
    }

    private float LeastSingle(long bound)
    {
        var least = Least(bound);
        var single = (float)least;
        return single < least ? float.BitIncrement(single) : single;
    }

    private long Fixed(double value) =>
        BitConverter.DoubleToInt64Bits(Math.FusedMultiplyAdd(value, _factor, Magic)) - BitConverter.DoubleToInt64Bits(Magic);

    // doubles in their order as integers in theirs
    private static long Key(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return bits >= 0 ? bits : long.MinValue - bits;
    }

    private static double Value(long key) => BitConverter.Int64BitsToDouble(key >= 0 ? key : long.MinValue - key);
}
