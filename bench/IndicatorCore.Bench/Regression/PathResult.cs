using IndicatorCore.Bench.Guards;

namespace IndicatorCore.Bench.Regression;

/// <summary>What was found of one path.</summary>
/// <param name="Path">Its name.</param>
/// <param name="Ratio">This build's time over the baseline's; null when it was not measured.</param>
/// <param name="Pairs">Pairs that the ratio rests on.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="LayoutMedians">The median of each pair of contexts, in the order of their loading.</param>
/// <param name="Reason">Why it was not measured.</param>
internal sealed record PathResult(
    string Path,
    PairedRatio? Ratio,
    int Pairs,
    RegressionVerdict Verdict,
    IReadOnlyList<double> LayoutMedians,
    string? Reason = null)
{
    /// <inheritdoc/>
    public override string ToString() => Ratio is { } ratio
        ? $"{Path,-24} {ratio.Median:0.000}  [{ratio.Low:0.000}, {ratio.High:0.000}]  {Pairs,5}  {Text}"
        : $"{Path,-24} {"-",-5}  {"-",-14}  {0,5}  {Text}: {Reason}";

    private string Text => Verdict switch
    {
        RegressionVerdict.Holds => "holds",
        RegressionVerdict.Regressed => $"REGRESSED by more than {RegressionRule.Limit - 1:0 %}",
        RegressionVerdict.Slower => $"slower by more than {RegressionRule.Claim:0 %}",
        RegressionVerdict.Faster => $"faster by more than {RegressionRule.Claim:0 %}",
        RegressionVerdict.Equal => $"equal within {RegressionRule.Claim:0 %}",
        _ => "NEW, not compared",
    };
}
