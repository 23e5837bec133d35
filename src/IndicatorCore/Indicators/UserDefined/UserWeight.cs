namespace IndicatorCore.Indicators.UserDefined;

/// <summary>What disclosure control weighs of an indicator.</summary>
internal enum UserWeight
{
    /// <summary>The denominator; without one the numerator; of extremes, distinct counts and quantiles the rows.</summary>
    Usual,
    Rows,
    Numerator,
    Denominator,
}
