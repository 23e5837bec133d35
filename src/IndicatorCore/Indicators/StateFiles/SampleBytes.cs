using System.Buffers;
using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>
/// A sample for quantiles as bytes. 2, the scale of its values (<see cref="ValueScale"/>), how many distinct ones there are, the first as its
/// multiple; then coded in bits (<see cref="NumberModel"/>) the count of each less 1 and its distance to the next less 1. Or 0, or 1 for buckets and then
/// their least and greatest value; then the values in ascending order, each as its distance from the one before and its count. Numbers are
/// LEB128, signed ones zigzag.
/// </summary>
internal static class SampleBytes
{
    private const byte Exact = 0;
    private const byte Bucketed = 1;
    private const byte Coded = 2;
    private const int SmallCounts = 12;
    private const int SmallGaps = 2;
    private const int CountContexts = 3;

    /// <summary>The bytes of a sample, the same for equal samples.</summary>
    public static byte[] Of(ValueSample sample)
    {
        var (values, counts) = sample.Sorted();
        var output = new ArrayBufferWriter<byte>(16 + (values.Length * 4));
        if (!sample.IsBucketed && ValueScale.Of(values) is { } scale)
        {
            WriteCoded(output, scale, values, counts);
            return output.WrittenSpan.ToArray();
        }

        output.Write([sample.IsBucketed ? Bucketed : Exact]);
        if (sample.IsBucketed)
        {
            Leb128.Write(output, Leb128.Zigzag(sample.Min));
            Leb128.Write(output, Leb128.Zigzag(sample.Max));
        }

        Leb128.Write(output, (ulong)values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            Leb128.Write(output, i == 0 ? Leb128.Zigzag(values[0]) : unchecked((ulong)values[i] - (ulong)values[i - 1]));
            Leb128.Write(output, (ulong)counts[i]);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Adds the sample of some bytes to another; false, with the other in an undefined state, when they are none.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="count">How many values it must have, above 0.</param>
    /// <param name="stored">An empty sample for what is read.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, long count, ValueSample stored)
    {
        if (bytes.IsEmpty || bytes[0] > Coded)
        {
            return false;
        }

        if (bytes[0] == Coded)
        {
            return TryReadCoded(bytes[1..], count, stored);
        }

        var isBucketed = bytes[0] == Bucketed;
        bytes = bytes[1..];
        ulong least = 0, greatest = 0;
        if ((isBucketed && (!Leb128.TryTake(ref bytes, out least) || !Leb128.TryTake(ref bytes, out greatest)))
            || !Leb128.TryTake(ref bytes, out var distinct)
            || distinct is 0 or > ValueSample.MaxDistinct)
        {
            return false;
        }

        var (min, max) = (Leb128.Unzigzag(least), Leb128.Unzigzag(greatest));
        if (isBucketed)
        {
            stored.Bucket();
        }

        long previous = 0, first = 0;
        for (var i = 0UL; i < distinct; i++)
        {
            if (!Leb128.TryTake(ref bytes, out var step) || !Leb128.TryTake(ref bytes, out var times) || times == 0 || times > (ulong)(count - stored.Count))
            {
                return false;
            }

            var value = i == 0 ? Leb128.Unzigzag(step) : unchecked((long)((ulong)previous + step));
            if ((i > 0 && value <= previous) || (isBucketed && LogLinearBuckets.Representative(value) != value))
            {
                return false;
            }

            stored.Add(value, (long)times);
            first = i == 0 ? value : first;
            previous = value;
        }

        if (isBucketed)
        {
            stored.Bound(min, max);
        }

        return bytes.IsEmpty && stored.Count == count
            && (!isBucketed || (min <= max && LogLinearBuckets.Representative(min) == first && LogLinearBuckets.Representative(max) == previous));
    }

    private static void WriteCoded(ArrayBufferWriter<byte> output, ValueScale scale, ReadOnlySpan<long> values, ReadOnlySpan<long> counts)
    {
        output.Write([Coded, scale.Code]);
        Leb128.Write(output, (ulong)values.Length);
        var multiple = scale.MultipleOf(values[0]);
        Leb128.Write(output, Leb128.Zigzag(multiple));
        var (gaps, times) = (new NumberModel(1, SmallGaps), new NumberModel(CountContexts, SmallCounts));
        var bits = new BitEncoder(output);
        long before = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0)
            {
                var next = scale.MultipleOf(values[i]);
                gaps.Write(ref bits, 0, (ulong)(next - multiple - 1));
                multiple = next;
            }

            times.Write(ref bits, ContextOf(before), (ulong)counts[i] - 1);
            before = (before + counts[i]) / 2;
        }

        bits.End();
    }

    private static bool TryReadCoded(ReadOnlySpan<byte> bytes, long count, ValueSample stored)
    {
        if (bytes.IsEmpty || ValueScale.Of(bytes[0]) is not { } scale)
        {
            return false;
        }

        bytes = bytes[1..];
        if (!Leb128.TryTake(ref bytes, out var distinct) || distinct is 0 or > ValueSample.MaxDistinct || !Leb128.TryTake(ref bytes, out var first))
        {
            return false;
        }

        var (gaps, times) = (new NumberModel(1, SmallGaps), new NumberModel(CountContexts, SmallCounts));
        var bits = new BitDecoder(bytes);
        var multiple = Leb128.Unzigzag(first);
        long before = 0, previous = long.MinValue;
        for (var i = 0UL; i < distinct; i++)
        {
            if (i > 0)
            {
                if (!gaps.TryRead(ref bits, 0, out var gap) || gap > long.MaxValue / 4)
                {
                    return false;
                }

                multiple += (long)gap + 1;
            }

            if (!times.TryRead(ref bits, ContextOf(before), out var more) || more >= (ulong)(count - stored.Count) || scale.ValueOf(multiple) is not { } value || value <= previous)
            {
                return false;
            }

            var own = (long)more + 1;
            stored.Add(value, own);
            before = (before + own) / 2;
            previous = value;
        }

        return bits.IsAtEnd && stored.Count == count;
    }

    // where neighbours come often, so does the next
    private static int ContextOf(long before) => before < 2 ? 0 : before < 5 ? 1 : 2;
}
