using System.Numerics;

namespace IndicatorCore.Reference.Kernels;

/// <summary>What a fixed-point value is (decisions D6): the exact product of a double and an integer factor, rounded once, half to even.</summary>
internal static class FixedPointReference
{
    /// <summary>The largest magnitude that the fast conversion takes, exclusive.</summary>
    public const double FastLimit = 2_251_799_813_685_248;

    /// <summary>Converts one value in whole numbers alone.</summary>
    /// <param name="value">A finite value.</param>
    /// <param name="factor">An integer.</param>
    public static BigInteger Exact(double value, BigInteger factor)
    {
        // value = significand · 2^exponent
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var field = (int)(bits >> 52) & 0x7FF;
        var significand = new BigInteger((bits & ((1UL << 52) - 1)) | (field == 0 ? 0 : 1UL << 52));
        var exponent = Math.Max(field, 1) - 1075;
        var product = significand * factor;
        if (exponent >= 0)
        {
            product <<= exponent;
        }
        else
        {
            var whole = product >> -exponent;
            var rest = product - (whole << -exponent);
            var half = BigInteger.One << (-exponent - 1);
            product = whole + (rest > half || (rest == half && !whole.IsEven) ? 1 : 0);
        }

        return double.IsNegative(value) ? -product : product;
    }

    /// <summary>Every value by <see cref="Exact"/>; those that the fast conversion leaves out are <see cref="long.MinValue"/>.</summary>
    public static void Convert(ReadOnlySpan<double> values, double factor, Span<long> results)
    {
        for (var i = 0; i < values.Length; i++)
        {
            results[i] = Math.Abs(values[i]) < FastLimit / factor ? (long)Exact(values[i], (BigInteger)factor) : long.MinValue;
        }
    }

    /// <summary>The same by decimals, for values whose shortest decimal form is their exact meaning: what a program without the kernel would do.</summary>
    public static void ConvertByDecimal(ReadOnlySpan<double> values, double factor, Span<long> results)
    {
        var scale = (decimal)factor;
        for (var i = 0; i < values.Length; i++)
        {
            results[i] = (long)decimal.Round((decimal)values[i] * scale, MidpointRounding.ToEven);
        }
    }

    /// <summary>One fused multiply-add a value, one value at a time.</summary>
    public static void ConvertOneByOne(ReadOnlySpan<double> values, double factor, Span<long> results)
    {
        const double Magic = 1.5 * (1L << 52);
        for (var i = 0; i < values.Length; i++)
        {
            results[i] = Math.Abs(values[i]) < FastLimit / factor
                ? (long)(Math.FusedMultiplyAdd(values[i], factor, Magic) - Magic)
                : long.MinValue;
        }
    }

    /// <summary>Every value by <see cref="Exact"/>; those outside are 0 and marked.</summary>
    /// <returns>The magnitudes, or-ed.</returns>
    public static ulong Convert(ReadOnlySpan<double> values, double factor, Span<long> results, Span<ulong> outside)
    {
        outside[..((values.Length + 63) / 64)].Clear();
        var all = 0L;
        for (var i = 0; i < values.Length; i++)
        {
            var inside = Math.Abs(values[i]) < FastLimit / factor;
            results[i] = inside ? (long)Exact(values[i], (BigInteger)factor) : 0;
            outside[i / 64] |= inside ? 0 : 1UL << (i % 64);
            all |= results[i] < 0 ? -(results[i] + 1) : results[i];
        }

        return (ulong)all;
    }

    /// <summary>Zeroes what does not count.</summary>
    /// <returns>The magnitudes of the rest, or-ed.</returns>
    public static ulong ZeroWhereNot(Span<long> values, ReadOnlySpan<ulong> valid)
    {
        var all = 0L;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BitmapReference.IsSet(valid, i) ? values[i] : 0;
            all |= values[i] < 0 ? -(values[i] + 1) : values[i];
        }

        return (ulong)all;
    }
}
