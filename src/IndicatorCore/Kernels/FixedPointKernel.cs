using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Kernels;

/// <summary>
/// Doubles to fixed point: the exact product of the value and an integer factor, rounded once, half to even (decisions D6).
/// </summary>
internal static class FixedPointKernel
{
    /// <summary>Products below this magnitude convert exactly by one fused multiply-add: 2^51.</summary>
    public const double FastLimit = 2_251_799_813_685_248;

    // 1.5 · 2^52: adding it leaves the rounded integer in the low bits of the significand
    internal const double Magic = 6_755_399_441_055_744;

    /// <summary>
    /// Converts every value; those that are not finite, or whose product is not below 2^51, are left to the caller: their lanes
    /// hold <see cref="long.MinValue"/>.
    /// </summary>
    /// <param name="values">The values.</param>
    /// <param name="factor">An integer of at most 2^53 as a double, so that it is exact.</param>
    /// <param name="results">As long as <paramref name="values"/>.</param>
    public static void Convert(ReadOnlySpan<double> values, double factor, Span<long> results)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(results.Length, values.Length);
        var done = Vector256.IsHardwareAccelerated ? ConvertBlocks(values, factor, results) : 0;
        ConvertOneByOne(values[done..], factor, results[done..]);
    }

    /// <summary>Converts whole blocks of four and says how many values that were; right on any hardware, quick on some.</summary>
    internal static int ConvertBlocks(ReadOnlySpan<double> values, double factor, Span<long> results)
    {
        var blocks = MemoryMarshal.Cast<double, Vector256<double>>(values);
        var targets = MemoryMarshal.Cast<long, Vector256<long>>(results);
        var factors = Vector256.Create(factor);
        var limit = Vector256.Create(FastLimit / factor);
        var magic = Vector256.Create(Magic);
        var outside = Vector256.Create(long.MinValue);
        for (var i = 0; i < blocks.Length; i++)
        {
            // a comparison with NaN is false, so NaN and infinities are outside
            var inside = Vector256.LessThan(Vector256.Abs(blocks[i]), limit).AsInt64();
            var rounded = Vector256.FusedMultiplyAdd(blocks[i], factors, magic).AsInt64() - magic.AsInt64();
            targets[i] = Vector256.ConditionalSelect(inside, rounded, outside);
        }

        return blocks.Length * Vector256<double>.Count;
    }

    /// <summary>Converts value by value.</summary>
    internal static void ConvertOneByOne(ReadOnlySpan<double> values, double factor, Span<long> results)
    {
        for (var i = 0; i < values.Length; i++)
        {
            results[i] = Math.Abs(values[i]) < FastLimit / factor
                ? BitConverter.DoubleToInt64Bits(Math.FusedMultiplyAdd(values[i], factor, Magic)) - BitConverter.DoubleToInt64Bits(Magic)
                : long.MinValue;
        }
    }

    /// <summary>
    /// Converts every value whose product lies within ±2^51, exactly and rounded half to even; others become 0 and are marked.
    /// </summary>
    /// <param name="values">A value a row.</param>
    /// <param name="factor">An integer of 1 to 2^53 as a double.</param>
    /// <param name="results">A number a row.</param>
    /// <param name="outside">64 rows a word: NaN, infinities and what is too large. Bits behind the last row become 0.</param>
    /// <returns>All magnitudes or-ed (v ^ v >> 63): where it takes k bits, every result lies from -2^k to 2^k - 1.</returns>
    public static ulong Convert(ReadOnlySpan<double> values, double factor, Span<long> results, Span<ulong> outside) =>
        FixedPointLanes.Convert(values, factor, results, outside);

    /// <inheritdoc cref="Convert(ReadOnlySpan{double}, double, Span{long}, Span{ulong})"/>
    public static ulong Convert(ReadOnlySpan<float> values, double factor, Span<long> results, Span<ulong> outside) =>
        FixedPointLanes.Convert(values, factor, results, outside);

    /// <inheritdoc cref="Convert(ReadOnlySpan{double}, double, Span{long}, Span{ulong})"/>
    public static ulong Convert(ReadOnlySpan<int> values, double factor, Span<long> results, Span<ulong> outside) =>
        FixedPointLanes.Convert(values, factor, results, outside);

    /// <inheritdoc cref="Convert(ReadOnlySpan{double}, double, Span{long}, Span{ulong})"/>
    public static ulong Convert(ReadOnlySpan<long> values, double factor, Span<long> results, Span<ulong> outside) =>
        FixedPointLanes.Convert(values, factor, results, outside);

    /// <inheritdoc cref="Convert(ReadOnlySpan{double}, double, Span{long}, Span{ulong})"/>
    public static ulong Convert(ReadOnlySpan<uint> values, double factor, Span<long> results, Span<ulong> outside) =>
        FixedPointLanes.ConvertWidened<uint, long>(values, factor, results, outside);

    /// <inheritdoc cref="Convert(ReadOnlySpan{double}, double, Span{long}, Span{ulong})"/>
    public static ulong Convert(ReadOnlySpan<short> values, double factor, Span<long> results, Span<ulong> outside) =>
        FixedPointLanes.ConvertWidened<short, int>(values, factor, results, outside);

    /// <inheritdoc cref="Convert(ReadOnlySpan{double}, double, Span{long}, Span{ulong})"/>
    public static ulong Convert(ReadOnlySpan<ushort> values, double factor, Span<long> results, Span<ulong> outside) =>
        FixedPointLanes.ConvertWidened<ushort, int>(values, factor, results, outside);

    /// <inheritdoc cref="Convert(ReadOnlySpan{double}, double, Span{long}, Span{ulong})"/>
    public static ulong Convert(ReadOnlySpan<sbyte> values, double factor, Span<long> results, Span<ulong> outside) =>
        FixedPointLanes.ConvertWidened<sbyte, int>(values, factor, results, outside);

    /// <inheritdoc cref="Convert(ReadOnlySpan{double}, double, Span{long}, Span{ulong})"/>
    public static ulong Convert(ReadOnlySpan<byte> values, double factor, Span<long> results, Span<ulong> outside) =>
        FixedPointLanes.ConvertWidened<byte, int>(values, factor, results, outside);

    /// <summary>Writes 0 over every value that does not count.</summary>
    /// <param name="values">A value a row.</param>
    /// <param name="valid">The rows that count, 64 a word.</param>
    /// <returns>The magnitudes of what remains, or-ed.</returns>
    public static ulong ZeroWhereNot(Span<long> values, ReadOnlySpan<ulong> valid) => FixedPointLanes.ZeroWhereNot(values, valid);

    /// <summary>The exact product of a finite double and a fraction, rounded once, half to even.</summary>
    public static BigInteger Exact(double value, BigInteger numerator, BigInteger denominator)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> 52) & 0x7FF;
        BigInteger significand = bits & 0xF_FFFF_FFFF_FFFF;
        if (exponent == 0)
        {
            exponent = 1;   // subnormal
        }
        else
        {
            significand += BigInteger.One << 52;
        }

        var shift = exponent - 1075;
        var top = (bits < 0 ? -significand : significand) * numerator * (shift > 0 ? BigInteger.One << shift : BigInteger.One);
        return RoundHalfEven(top, denominator * (shift < 0 ? BigInteger.One << -shift : BigInteger.One));
    }

    /// <summary>The integer nearest to a fraction, ties to even.</summary>
    /// <param name="numerator">Any integer.</param>
    /// <param name="denominator">Above zero.</param>
    public static BigInteger RoundHalfEven(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        var twice = BigInteger.Abs(rest) * 2;
        var order = twice.CompareTo(denominator);
        if (order > 0 || (order == 0 && !quotient.IsEven))
        {
            quotient += rest.Sign;
        }

        return quotient;
    }
}
