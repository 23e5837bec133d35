namespace IndicatorCore.Aggregation.Exact;

/// <summary>Wilson's score interval of a proportion at 95 % (E. B. Wilson, 1927; indicator-definitions 1.5 and 1.7).</summary>
internal static class WilsonInterval
{
    private const double Quantile = 1.959963984540054;   // of the normal distribution at 0.975

    /// <summary>The limits, from 0 to 1.</summary>
    /// <param name="successes">From 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Above 0.</param>
    public static (double Low, double High) Of(long successes, long trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        double n = trials;
        var p = successes / n;
        var square = Quantile * Quantile;
        var centre = p + (square / (2 * n));
        var half = Quantile * Math.Sqrt((p * (1 - p) / n) + (square / (4 * n * n)));
        var scale = 1 + (square / n);
        return (successes == 0 ? 0 : (centre - half) / scale, successes == trials ? 1 : (centre + half) / scale);
    }
}
