namespace IndicatorCore.Bench.Regression;

/// <summary>What an interval of the ratio of this build's time to the baseline's says.</summary>
internal enum RegressionVerdict
{
    /// <summary>Nothing that may be claimed: neither a regression nor, with the pairs that there are, anything finer.</summary>
    Holds,

    /// <summary>The whole interval lies above 1.07: the only verdict that fails.</summary>
    Regressed,

    /// <summary>Long form only: the whole interval lies above 1.03.</summary>
    Slower,

    /// <summary>Long form only: the whole interval lies below 0.97.</summary>
    Faster,

    /// <summary>Long form only: the whole interval lies within 0.97 to 1.03.</summary>
    Equal,

    /// <summary>The baseline lacks what this path needs: it is named, neither passed nor failed.</summary>
    New,
}
