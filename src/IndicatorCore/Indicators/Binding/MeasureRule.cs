using System.Numerics;
using IndicatorCore.Indicators.UserDefined;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.Binding;

/// <summary>How a measure becomes fixed point, and which values are invalid (indicator-definitions 1.4 and 1.5).</summary>
internal sealed record MeasureRule
{
    /// <summary>Fixed-point units a source unit: the product of scale and unit, reduced; numerator.</summary>
    public required BigInteger Numerator { get; init; }

    /// <summary>The same; denominator.</summary>
    public BigInteger Denominator { get; init; } = BigInteger.One;

    /// <summary>The smallest valid fixed-point value; null = no bound.</summary>
    public long? Lowest { get; init; }

    /// <summary>The greatest valid fixed-point value; null = no bound.</summary>
    public long? Highest { get; init; }

    /// <summary>Values in the source's unit that mean invalid, as doubles.</summary>
    public IReadOnlyList<double> Sentinels { get; init; } = [];

    /// <summary>The index of TS 38.133 whose lower edge is the value; null = not an index.</summary>
    public ReportIndex? Index { get; init; }

    /// <summary>The rule of a column of user-defined indicators: what its definition file says goes before the mapping.</summary>
    /// <param name="column">A measure.</param>
    /// <param name="mapping">The mapping, or null.</param>
    public static MeasureRule Of(UserColumn column, ColumnMapping? mapping)
    {
        var measure = column.Measure!;
        var index = mapping?.IsReportIndex != true || measure.Places != UserMeasure.DefaultPlaces ? null : column.Name switch
        {
            "rsrp_dbm" => ReportIndex.Rsrp,
            "sinr_db" => ReportIndex.Sinr,
            _ => null,
        };
        var rule = Of(BigInteger.Pow(10, measure.Places), mapping, UserMeasure.DefaultSentinels(column.Name), index: index);
        return rule with { Lowest = measure.Lowest, Highest = measure.Highest, Sentinels = measure.Sentinels ?? rule.Sentinels };
    }

    /// <summary>The rule of a scale and a mapping.</summary>
    /// <param name="unitsPerCanonical">Fixed-point units a canonical unit, such as 1,000,000.</param>
    /// <param name="mapping">The mapping, or null.</param>
    /// <param name="sentinels">The measure's default sentinels.</param>
    /// <param name="lowest">Its physical range, in canonical units.</param>
    /// <param name="highest">Its physical range, in canonical units.</param>
    /// <param name="index">The report index that the measure may come as.</param>
    public static MeasureRule Of(
        BigInteger unitsPerCanonical,
        ColumnMapping? mapping,
        IReadOnlyList<double>? sentinels = null,
        long? lowest = null,
        long? highest = null,
        ReportIndex? index = null)
    {
        if (mapping?.IsReportIndex == true && index is not null)
        {
            return new MeasureRule
            {
                Numerator = 1,
                Index = index,
                Sentinels = mapping.Sentinels is null ? [] : [.. mapping.Sentinels.Select(static value => (double)value)],
            };
        }

        var unit = mapping?.Unit ?? new ExactFraction(1, 1);
        var numerator = unitsPerCanonical * unit.Numerator;
        var common = BigInteger.GreatestCommonDivisor(numerator, unit.Denominator);
        return new MeasureRule
        {
            Numerator = numerator / common,
            Denominator = unit.Denominator / common,
            Lowest = lowest is null ? null : (long)(lowest * unitsPerCanonical),
            Highest = highest is null ? null : (long)(highest * unitsPerCanonical),
            Sentinels = mapping?.Sentinels is null ? sentinels ?? [] : [.. mapping.Sentinels.Select(static value => (double)value)],
        };
    }
}
