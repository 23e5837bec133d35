using System.Buffers;
using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>
/// A sample for quantiles as bytes: 0, or 1 for buckets and then their least and greatest value; then the values in ascending order, each as
/// its distance from the one before and its count. Numbers are LEB128, signed ones zigzag.
/// </summary>
internal static class SampleBytes
{
    private const byte Exact = 0;
    private const byte Bucketed = 1;

    /// <summary>The bytes of a sample, the same for equal samples.</summary>
    public static byte[] Of(ValueSample sample)
    {
        var (values, counts) = sample.Sorted();
        var output = new ArrayBufferWriter<byte>(16 + (values.Length * 4));
        output.Write([sample.IsBucketed ? Bucketed : Exact]);
        if (sample.IsBucketed)
        {
            Write(output, Zigzag(sample.Min));
            Write(output, Zigzag(sample.Max));
        }

        Write(output, (ulong)values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            Write(output, i == 0 ? Zigzag(values[0]) : unchecked((ulong)values[i] - (ulong)values[i - 1]));
            Write(output, (ulong)counts[i]);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Adds the sample of some bytes to another; false, with the other in an undefined state, when they are none.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="count">How many values it must have, above 0.</param>
    /// <param name="stored">An empty sample for what is read.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, long count, ValueSample stored)
    {
        if (bytes.IsEmpty || bytes[0] > Bucketed)
        {
            return false;
        }

        var isBucketed = bytes[0] == Bucketed;
        bytes = bytes[1..];
        ulong least = 0, greatest = 0;
        if ((isBucketed && (!TryTake(ref bytes, out least) || !TryTake(ref bytes, out greatest)))
            || !TryTake(ref bytes, out var distinct)
            || distinct is 0 or > ValueSample.MaxDistinct)
        {
            return false;
        }

        var (min, max) = (Unzigzag(least), Unzigzag(greatest));
        if (isBucketed)
        {
            stored.Bucket();
        }

        long previous = 0, first = 0;
        for (var i = 0UL; i < distinct; i++)
        {
            if (!TryTake(ref bytes, out var step) || !TryTake(ref bytes, out var times) || times == 0 || times > (ulong)(count - stored.Count))
            {
                return false;
            }

            var value = i == 0 ? Unzigzag(step) : unchecked((long)((ulong)previous + step));
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

    private static ulong Zigzag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private static long Unzigzag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    private static void Write(ArrayBufferWriter<byte> output, ulong value)
    {
        var bytes = output.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            bytes[length++] = (byte)(value | 0x80);
        }

        bytes[length++] = (byte)value;
        output.Advance(length);
    }

    private static bool TryTake(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (bytes.IsEmpty)
            {
                return false;
            }

            var part = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return shift < 63 || part <= 1;
            }
        }

        return false;
    }
}
