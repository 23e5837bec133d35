namespace IndicatorCore.Bench.Questions;

/// <summary>How a figure enters a comparison: counts and sums as they are, single readings in millionths, as float32 readings are kept.</summary>
internal static class FigureScale
{
    /// <summary>What a figure is turned into, by its indicator.</summary>
    public static Func<double, double> Of(string indicator) => indicator is "lat_min" or "lat_max" or "p95"
        ? static value => Math.Round(value * 1e6)
        : static value => value;

    /// <summary>Whether a question is weighed by this indicator.</summary>
    public static bool IsFirst(string indicator) => indicator is "rows" or "key_devices" or "p95";
}
