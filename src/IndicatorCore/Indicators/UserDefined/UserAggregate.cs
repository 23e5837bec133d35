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
}
