namespace IndicatorCore.Indicators;

/// <summary>Which way a figure is better: a declared figure that is better than the measured one is overstated.</summary>
public enum IndicatorDirection
{
    /// <summary>More is better, such as coverage, gains and counts of equipment.</summary>
    HigherIsBetter,

    /// <summary>Less is better, such as latency, loss and energy an item.</summary>
    LowerIsBetter,
}
