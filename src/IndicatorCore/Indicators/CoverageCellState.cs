namespace IndicatorCore.Indicators;

/// <summary>What is known of a grid cell (indicator-definitions 3.1).</summary>
public enum CoverageCellState
{
    /// <summary>Fewer usable samples than a judgement needs.</summary>
    Unmeasured,

    /// <summary>Measured, and too few of its samples are covered.</summary>
    NotCovered,

    /// <summary>Measured and covered.</summary>
    Covered,
}
