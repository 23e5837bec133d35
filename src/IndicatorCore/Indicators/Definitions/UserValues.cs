using System.Numerics;
using System.Runtime.CompilerServices;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.UserDefined;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>
/// Figures of user-defined indicators from records, many at once: each the double nearest to the exact ratio, NaN where there is none.
/// Optimised at the first call: a report is mostly made once a process.
/// </summary>
internal static class UserValues
{
    private const long MaxExactDouble = 1L << 53;
    private const int MaxPower = 18;

    private static readonly long[] s_powers = [.. Enumerable.Range(0, MaxPower + 1).Select(static power => (long)BigInteger.Pow(10, power))];

    /// <summary>Counts and their shares.</summary>
    /// <param name="records">The records, one after the other.</param>
    /// <param name="length">Longs a record.</param>
    /// <param name="part">Where a record has what is shown.</param>
    /// <param name="whole">Where it has the denominator; below 0 = none.</param>
    /// <param name="accepted">Where it counts accepted rows: there is no figure without.</param>
    /// <param name="values">A value a record.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Counts(ReadOnlySpan<long> records, int length, int part, int whole, int accepted, Span<double> values)
    {
        for (var row = 0; row < values.Length; row++)
        {
            var record = records.Slice(row * length, length);
            var denominator = whole < 0 ? 1 : record[whole];
            values[row] = record[accepted] == 0 || denominator == 0 ? double.NaN : Nearest(record[part], denominator);
        }
    }

    /// <summary>Sums.</summary>
    /// <param name="records">The records, one after the other.</param>
    /// <param name="length">Longs a record.</param>
    /// <param name="sum">Where a record has the two halves.</param>
    /// <param name="accepted">Where it counts accepted rows.</param>
    /// <param name="flawed">Where it counts those without a valid value, in two longs: there is no figure without any other.</param>
    /// <param name="scale">What the sum is divided by.</param>
    /// <param name="values">A value a record.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sums(ReadOnlySpan<long> records, int length, int sum, int accepted, int flawed, long scale, Span<double> values)
    {
        for (var row = 0; row < values.Length; row++)
        {
            var record = records.Slice(row * length, length);
            values[row] = record[accepted] - record[flawed] - record[flawed + 1] == 0 ? double.NaN
                : record[sum + 1] == record[sum] >> 63 ? Nearest(record[sum], scale)
                : Nearest(UserRecord.Sum(record[sum..]), scale);
        }
    }

    /// <summary>Quotients of what adds up.</summary>
    /// <param name="records">The records, one after the other.</param>
    /// <param name="length">Longs a record.</param>
    /// <param name="above">The numerator.</param>
    /// <param name="below">The denominator; null = 1.</param>
    /// <param name="counted">Where a record counts the rows without which there is no figure.</param>
    /// <param name="values">A value a record.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Quotients(ReadOnlySpan<long> records, int length, UserAmount above, UserAmount? below, int counted, Span<double> values)
    {
        for (var row = 0; row < values.Length; row++)
        {
            var record = records.Slice(row * length, length);
            values[row] = record[counted] == 0 ? double.NaN : Quotient(record, above, below);
        }
    }

    /// <summary>The double nearest to a quotient of what adds up; NaN where the denominator is zero.</summary>
    public static double Quotient(ReadOnlySpan<long> record, UserAmount above, UserAmount? below)
    {
        var places = above.Places - (below?.Places ?? 0);
        if (places is >= -MaxPower and <= MaxPower && above.TryShort(record, out var part) && TryShort(record, below, out var whole) && whole > 0)
        {
            var (numerator, denominator) = ((Int128)part * s_powers[Math.Max(0, -places)], (Int128)whole * s_powers[Math.Max(0, places)]);
            if (denominator <= MaxExactDouble && Int128.Abs(numerator) <= MaxExactDouble)
            {
                return (double)(long)numerator / (long)denominator;
            }
        }

        var divisor = below?.Of(record) ?? BigInteger.One;
        return divisor.IsZero ? double.NaN
            : ExactRatio.ToDouble(above.Of(record) * BigInteger.Pow(10, Math.Max(0, -places)), divisor * BigInteger.Pow(10, Math.Max(0, places)));
    }

    /// <summary>Greatest and least values.</summary>
    /// <param name="records">The records, one after the other.</param>
    /// <param name="length">Longs a record.</param>
    /// <param name="extreme">Where a record has it, <see cref="long.MinValue"/> = none.</param>
    /// <param name="isMinimum">Whether it is negated.</param>
    /// <param name="scale">What it is divided by.</param>
    /// <param name="values">A value a record.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Extremes(ReadOnlySpan<long> records, int length, int extreme, bool isMinimum, long scale, Span<double> values)
    {
        for (var row = 0; row < values.Length; row++)
        {
            var value = records[(row * length) + extreme];
            values[row] = value == long.MinValue ? double.NaN : Nearest(isMinimum ? -value : value, scale);
        }
    }

    /// <summary>The double nearest to a ratio.</summary>
    public static double Nearest(Int128 numerator, Int128 denominator) =>
        Int128.Abs(numerator) <= MaxExactDouble && denominator <= MaxExactDouble
            ? (double)(long)numerator / (long)denominator   // both are doubles exactly, so that the quotient is rounded once
            : ExactRatio.ToDouble((BigInteger)numerator, (BigInteger)denominator);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Nearest(long numerator, long denominator) =>
        numerator is >= -MaxExactDouble and <= MaxExactDouble && denominator <= MaxExactDouble
            ? (double)numerator / denominator
            : Nearest((Int128)numerator, denominator);

    private static bool TryShort(ReadOnlySpan<long> record, UserAmount? amount, out long value)
    {
        value = 1;
        return amount is not { } known || known.TryShort(record, out value);
    }
}
