namespace IndicatorCore.Indicators.Declared;

/// <summary>What a declared figure is against the measured one (indicator-definitions 10).</summary>
public enum DeclaredVerdict
{
    /// <summary>There is nothing to compare: not measured, kept back, or not to be understood; <see cref="DeclaredFigure.Obstacle"/> says which.</summary>
    Unverifiable,

    /// <summary>The measurement bears it out.</summary>
    Consistent,

    /// <summary>It is better than what was measured.</summary>
    Overstated,

    /// <summary>It is worse than what was measured.</summary>
    Understated,
}
