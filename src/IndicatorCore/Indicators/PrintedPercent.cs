using System.Globalization;

namespace IndicatorCore.Indicators;

/// <summary>Ratios as percent for people: one decimal, ties of the shortest decimal form to even (GB/T 8170). Thresholds are judged before it.</summary>
internal static class PrintedPercent
{
    private const decimal Most = 1e20m;

    /// <summary>The percent, rounded; null where the ratio is too large to be kept exactly.</summary>
    public static decimal? Of(double ratio) =>
        decimal.TryParse(ratio.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && decimal.Abs(exact) <= Most
            ? decimal.Round(exact * 100, 1, MidpointRounding.ToEven)
            : null;
}
