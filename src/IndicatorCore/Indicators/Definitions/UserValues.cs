using System.Numerics;
using System.Runtime.CompilerServices;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>
/// Figures of user-defined indicators from records, many at once: each the double nearest to the exact ratio, NaN where there is none.
/// Optimised at the first call: a report is mostly made once a process.
/// </summary>
internal static class UserValues
{
    private const long MaxExactDouble = 1L << 53;

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
                : Nearest(UserStore.Sum(record[sum..]), scale);
        }
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
}
