using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Columns;
using IndicatorCore.Kernels;

namespace IndicatorCore.Indicators.Binding;

/// <summary>Measures of any accepted Arrow type to fixed point, rounded once, with their value class.</summary>
internal sealed class MeasureDecoder : ColumnDecoder
{
    private const double LargestExactFactor = 9_007_199_254_740_992;

    private readonly int _ordinal;
    private readonly Lane _lane;
    private readonly MeasureRule _rule;
    private readonly double _factor;   // 0 when the rule is no integer factor
    private readonly DeferredLane _deferred = new();
    private readonly RangeMark? _range;
    private readonly bool _canDefer;
    private readonly double _greatest;   // of valid values, where the range bounds them on both sides; else 0
    private readonly ulong[] _outside = RowMask.New();
    private readonly ulong[] _inside = RowMask.New();
    private readonly double[] _doubles = new double[RowChunk.Capacity];
    private readonly double[] _sentinels;
    private readonly long[] _fixedSentinels;   // those inside the range: the others are invalid by the range already
    private readonly long _lowest;
    private readonly long _highest;

    public MeasureDecoder(int ordinal, Lane lane, MeasureRule rule)
    {
        _ordinal = ordinal;
        _lane = lane;
        _rule = rule;
        _factor = rule.Denominator.IsOne && rule.Numerator <= (BigInteger)LargestExactFactor ? (double)rule.Numerator : 0;
        _sentinels = [.. rule.Sentinels];
        _lowest = rule.Lowest ?? long.MinValue;
        _highest = rule.Highest ?? long.MaxValue;
        _fixedSentinels =
        [
            .. rule.Sentinels.Select(Fixed).Where(value => value >= _lowest && value <= _highest).Select(static value => (long)value!),
        ];
        _range = rule.Lowest is null && rule.Highest is null ? null : new RangeMark(_lowest, _highest);
        _greatest = rule is { Lowest: { } least, Highest: { } most } && _factor != 0 ? (Math.Max(Math.Abs((double)least), Math.Abs((double)most)) + 1) / _factor : 0;
        _canDefer = _factor != 0 && rule.Index is null && _fixedSentinels.Length == 0;
    }

    /// <summary>Whether a measure can be made of a field's values.</summary>
    public static bool Accepts(Field field) => field.Dictionary is null
        && (field.Type.Id is ArrowTypeId.Int or ArrowTypeId.FloatingPoint or ArrowTypeId.Null
            || (field.Type.Id == ArrowTypeId.Decimal && ExactNumberColumn.Reads(field.Type)));

    public override void Decode(scoped RecordBatch batch, int start, int count, RowChunk chunk)
    {
        var column = batch[_ordinal];
        var values = chunk.Values(_lane).AsSpan(0, count);
        var classes = chunk.Classes(_lane).AsSpan(0, count);
        if (column.Field.Type.Id == ArrowTypeId.Null)
        {
            classes.Fill(ValueClass.Missing);
            return;
        }

        Validity(column, start, classes);
        if (!classes.Contains(ValueClass.Valid))
        {
            return;   // wide rows of another table: whole chunks without the measure are common
        }

        if (_canDefer && TryDefer(column, start, count, chunk))
        {
            return;
        }

        switch (column.Field.Type.Id)
        {
            case ArrowTypeId.FloatingPoint or ArrowTypeId.Int when _rule.Index is null && _factor != 0 && Convert(column, start, values, out var magnitude):
                chunk.NoteMagnitude(_lane, Settle(column, start, values, classes) ? magnitude : ulong.MaxValue);
                return;
            case ArrowTypeId.FloatingPoint:
                FromDoublesExactly(Widen(column, start, count), values, classes);
                return;
            default:
                FromIntegers(column, start, values, classes);
                return;
        }
    }

    /// <summary>Marks rows under a null as missing and all others as valid.</summary>
    internal static void Validity(scoped Column column, int start, Span<byte> classes)
    {
        // the bytes of the kernel are the classes: 0 = Valid, 1 = Missing
        ValidityKernel.Expand(column.Validity, start, classes);
    }

    private ReadOnlySpan<double> Widen(Column column, int start, int count)
    {
        var doubles = _doubles.AsSpan(0, count);
        switch (column.Field.Type.BitWidth)
        {
            case 64:
                return column.Values<double>().Slice(start, count);
            case 32:
                var singles = column.Values<float>().Slice(start, count);
                for (var i = 0; i < singles.Length; i++)
                {
                    doubles[i] = singles[i];
                }

                break;
            default:
                var halves = column.Values<Half>().Slice(start, count);
                for (var i = 0; i < halves.Length; i++)
                {
                    doubles[i] = (double)halves[i];
                }

                break;
        }

        return doubles;
    }

    // nearly all chunks: values that convert fast, none of them invalid, are left where they are
    private bool TryDefer(scoped Column column, int start, int count, RowChunk chunk)
    {
        var type = column.Field.Type;
        DeferredKind kind;
        switch (type.Id, type.BitWidth, type.IsSigned)
        {
            case (ArrowTypeId.FloatingPoint, 64, _):
                kind = DeferredKind.Double;
                break;
            case (ArrowTypeId.FloatingPoint, 32, _):
                kind = DeferredKind.Single;
                break;
            case (ArrowTypeId.Int, 32, true):
                kind = DeferredKind.Int32;
                break;
            default:
                return false;
        }

        // what lies under a null may be anything: a range on both sides bounds the others without looking at it, and so does the type of integers
        var isBounded = kind == DeferredKind.Int32 && -(double)int.MinValue < FixedPointKernel.FastLimit / _factor;
        var greatest = _greatest > 0 ? _greatest : isBounded ? -(double)int.MinValue : Greatest(kind, column, start, count);
        if (!(greatest < FixedPointKernel.FastLimit / _factor))
        {
            return false;   // also NaN
        }

        var width = type.BitWidth / 8;
        _deferred.Set(column.ValueBytes.Slice(start * width, count * width), kind, _factor);
        if (_range is not null && !IsInRange(column, start, count))
        {
            return false;
        }

        chunk.Defer(_lane, _deferred.Bytes, kind, _factor);
        if (_greatest > 0 || !isBounded)
        {
            chunk.NoteMagnitude(_lane, (ulong)(greatest * _factor) + 1);   // that of the type would fill sums in no time
        }

        return true;
    }

    private static double Greatest(DeferredKind kind, scoped Column column, int start, int count) => kind switch
    {
        DeferredKind.Double => MagnitudeKernel.Of(column.Values<double>().Slice(start, count)),
        DeferredKind.Single => MagnitudeKernel.Of(column.Values<float>().Slice(start, count)),
        _ => MagnitudeKernel.Of(column.Values<int>().Slice(start, count)),
    };

    private bool IsInRange(scoped Column column, int start, int count)
    {
        var words = (count + 63) >> 6;
        var inside = _inside.AsSpan(0, words);
        var present = _outside.AsSpan(0, words);
        _range!.Mark(_deferred, inside);
        BitmapKernel.FromArrow(column.Validity, start, count, present);
        BitmapKernel.AndNot(present, inside, inside);
        return !RowMask.Any(inside);
    }

    // many at once; what that could not convert is marked as outside
    private bool Convert(scoped Column column, int start, Span<long> values, out ulong magnitude)
    {
        var type = column.Field.Type;
        switch (type.Id, type.BitWidth)
        {
            case (ArrowTypeId.FloatingPoint, 64):
                magnitude = FixedPointKernel.Convert(column.Values<double>().Slice(start, values.Length), _factor, values, _outside);
                return true;
            case (ArrowTypeId.FloatingPoint, 32):
                magnitude = FixedPointKernel.Convert(column.Values<float>().Slice(start, values.Length), _factor, values, _outside);
                return true;
            case (ArrowTypeId.FloatingPoint, _):
                magnitude = FixedPointKernel.Convert(Widen(column, start, values.Length), _factor, values, _outside);
                return true;
            case (ArrowTypeId.Int, 8) when type.IsSigned:
                magnitude = FixedPointKernel.Convert(column.Values<sbyte>().Slice(start, values.Length), _factor, values, _outside);
                return true;
            case (ArrowTypeId.Int, 8):
                magnitude = FixedPointKernel.Convert(column.Values<byte>().Slice(start, values.Length), _factor, values, _outside);
                return true;
            case (ArrowTypeId.Int, 16) when type.IsSigned:
                magnitude = FixedPointKernel.Convert(column.Values<short>().Slice(start, values.Length), _factor, values, _outside);
                return true;
            case (ArrowTypeId.Int, 16):
                magnitude = FixedPointKernel.Convert(column.Values<ushort>().Slice(start, values.Length), _factor, values, _outside);
                return true;
            case (ArrowTypeId.Int, 32) when type.IsSigned:
                magnitude = FixedPointKernel.Convert(column.Values<int>().Slice(start, values.Length), _factor, values, _outside);
                return true;
            case (ArrowTypeId.Int, 32):
                magnitude = FixedPointKernel.Convert(column.Values<uint>().Slice(start, values.Length), _factor, values, _outside);
                return true;
            case (ArrowTypeId.Int, 64) when type.IsSigned:
                magnitude = FixedPointKernel.Convert(column.Values<long>().Slice(start, values.Length), _factor, values, _outside);
                return true;
            default:
                magnitude = 0;
                return false;
        }
    }

    // the few that need more than the conversion: outside of it, outside the physical range, sentinels; false when values were changed
    private bool Settle(scoped Column column, int start, Span<long> values, Span<byte> classes)
    {
        var outside = _outside.AsSpan(0, (values.Length + 63) >> 6);
        if (_lowest != long.MinValue || _highest != long.MaxValue)
        {
            var inside = _inside.AsSpan(0, outside.Length);
            RangeKernel.Mark(values, _lowest, _highest, inside);
            for (var row = NextZero(inside, 0, values.Length); row >= 0; row = NextZero(inside, row + 1, values.Length))
            {
                if (classes[row] == ValueClass.Valid && !RowMask.Has(outside, row))
                {
                    classes[row] = ValueClass.Invalid;
                }
            }
        }

        foreach (var sentinel in _fixedSentinels)
        {
            var inside = _inside.AsSpan(0, outside.Length);
            RangeKernel.Mark(values, sentinel, sentinel, inside);
            for (var row = RowMask.Next(inside, 0); row >= 0; row = row + 1 < values.Length ? RowMask.Next(inside, row + 1) : -1)
            {
                if (classes[row] == ValueClass.Valid && !RowMask.Has(outside, row))
                {
                    classes[row] = ValueClass.Invalid;
                }
            }
        }

        var isUnchanged = true;
        for (var row = RowMask.Next(outside, 0); row >= 0; row = row + 1 < values.Length ? RowMask.Next(outside, row + 1) : -1)
        {
            if (classes[row] == ValueClass.Valid)
            {
                classes[row] = Exactly(column, start + row, out values[row]);
                isUnchanged = false;
            }
        }

        return isUnchanged;
    }

    private byte Exactly(scoped Column column, int row, out long result)
    {
        if (column.Field.Type.Id == ArrowTypeId.Int)
        {
            var (numerator, denominator) = ExactNumberColumn.Read(column, row);
            return Exactly(numerator, denominator, out result);
        }

        return Exactly(
            column.Field.Type.BitWidth switch
            {
                64 => column.Values<double>()[row],
                32 => column.Values<float>()[row],
                _ => (double)column.Values<Half>()[row],
            },
            out result);
    }

    private static int NextZero(ReadOnlySpan<ulong> mask, int row, int length)
    {
        for (; row < length; row = (row | 63) + 1)
        {
            var zeros = ~mask[row >> 6] & (ulong.MaxValue << (row & 63));
            if (zeros != 0)
            {
                var at = (row & ~63) + BitOperations.TrailingZeroCount(zeros);
                return at < length ? at : -1;
            }
        }

        return -1;
    }

    private void FromDoublesExactly(ReadOnlySpan<double> doubles, Span<long> values, Span<byte> classes)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (classes[i] == ValueClass.Valid)
            {
                classes[i] = Exactly(doubles[i], out values[i]);
            }
        }
    }

    private void FromIntegers(scoped Column column, int start, Span<long> values, Span<byte> classes)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (classes[i] != ValueClass.Valid)
            {
                continue;
            }

            var (numerator, denominator) = ExactNumberColumn.Read(column, start + i);
            classes[i] = Exactly(numerator, denominator, out values[i]);
        }
    }

    private byte Exactly(double value, out long result)
    {
        result = 0;
        if (double.IsNaN(value))
        {
            return ValueClass.NotANumber;
        }

        if (double.IsInfinity(value) || IsSentinel(value))
        {
            return ValueClass.Invalid;
        }

        if (_rule.Index is not null)
        {
            return value == Math.Floor(value) && Math.Abs(value) < int.MaxValue ? Edge((long)value, out result) : ValueClass.Invalid;
        }

        return Store(FixedPointKernel.Exact(value, _rule.Numerator, _rule.Denominator), out result);
    }

    private byte Exactly(BigInteger numerator, BigInteger denominator, out long result)
    {
        result = 0;
        if (_rule.Index is not null)
        {
            // 52.00 is the whole number 52
            var index = BigInteger.DivRem(numerator, denominator, out var rest);
            return rest.IsZero && BigInteger.Abs(index) < int.MaxValue && !IsSentinel((double)index)
                ? Edge((long)index, out result)
                : ValueClass.Invalid;
        }

        return Store(FixedPointKernel.RoundHalfEven(numerator * _rule.Numerator, denominator * _rule.Denominator), out result);
    }

    private byte Edge(long index, out long result)
    {
        var edge = _rule.Index!.LowerEdge(index);
        result = edge ?? 0;
        return edge is null ? ValueClass.Invalid : ValueClass.Valid;
    }

    private byte Store(BigInteger value, out long result)
    {
        result = 0;
        if (value > long.MaxValue || value <= long.MinValue)
        {
            // a measure with a physical range is invalid, not too large, when it leaves the range by far
            return _rule.Highest is null ? ValueClass.OutOfScale : ValueClass.Invalid;
        }

        result = (long)value;
        return Judge(result);
    }

    private byte Judge(long value)
    {
        if (value < _lowest || value > _highest)
        {
            return ValueClass.Invalid;
        }

        foreach (var sentinel in _fixedSentinels)
        {
            if (value == sentinel)
            {
                return ValueClass.Invalid;
            }
        }

        return ValueClass.Valid;
    }

    private bool IsSentinel(double value)
    {
        foreach (var sentinel in _sentinels)
        {
            // a single-precision export holds the single nearest to the sentinel
            if (value == sentinel || value == (float)sentinel)
            {
                return true;
            }
        }

        return false;
    }

    private long? Fixed(double sentinel)
    {
        var value = FixedPointKernel.Exact(sentinel, _rule.Numerator, _rule.Denominator);
        return value <= long.MaxValue && value > long.MinValue ? (long)value : null;
    }
}
