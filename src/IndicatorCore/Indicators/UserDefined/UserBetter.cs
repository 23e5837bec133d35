namespace IndicatorCore.Indicators.UserDefined;

/// <summary>Which way an indicator improves.</summary>
internal enum UserBetter
{
    /// <summary>The definition does not say.</summary>
    Unsaid,
    Higher,
    Lower,
}
