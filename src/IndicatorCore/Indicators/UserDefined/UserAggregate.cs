namespace IndicatorCore.Indicators.UserDefined;

/// <summary>What is made of the rows.</summary>
internal enum UserAggregate
{
    Count,
    Share,
    Sum,
    Min,
    Max,
    Distinct,
    Quantile,
    Ratio,
    Mean,
    Fisher,
    Gain,

    /// <summary>An expression over other indicators, which no key <c>aggregate</c> names.</summary>
    Combination,
}
