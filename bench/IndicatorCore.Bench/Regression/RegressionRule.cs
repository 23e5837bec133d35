using IndicatorCore.Bench.Guards;

namespace IndicatorCore.Bench.Regression;

/// <summary>From an interval to a verdict.</summary>
internal static class RegressionRule
{
    /// <summary>Above it lies the whole interval of a regression.</summary>
    public const double Limit = 1.07;

    /// <summary>From so many pairs on, differences of <see cref="Claim"/> may be claimed.</summary>
    public const int LongPairs = 1_000;

    /// <summary>The difference that the long form may claim.</summary>
    public const double Claim = 0.03;

    /// <summary>The verdict on a ratio of this build's time to the baseline's that rests on so many pairs.</summary>
    public static RegressionVerdict Judge(PairedRatio ratio, int pairs)
    {
        if (ratio.Low > Limit)
        {
            return RegressionVerdict.Regressed;
        }

        if (pairs < LongPairs)
        {
            return RegressionVerdict.Holds;
        }

        return ratio switch
        {
            { Low: > 1 + Claim } => RegressionVerdict.Slower,
            { High: < 1 - Claim } => RegressionVerdict.Faster,
            { Low: >= 1 - Claim, High: <= 1 + Claim } => RegressionVerdict.Equal,
            _ => RegressionVerdict.Holds,
        };
    }
}
