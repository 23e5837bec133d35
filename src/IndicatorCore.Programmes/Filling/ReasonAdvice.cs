using IndicatorCore.Indicators;

namespace IndicatorCore.Programmes.Filling;

/// <summary>What a clerk can do about a figure that is not there.</summary>
internal static class ReasonAdvice
{
    /// <summary>The advice for a reason.</summary>
    public static string Of(ResultReason? reason) => reason switch
    {
        ResultReason.NoRegistry => "Add the registry table that the indicator needs; 'indicators catalog ID' names it.",
        ResultReason.MissingColumn => "The export lacks a column that the indicator needs; 'indicators inspect' says which.",
        ResultReason.GroupNotApplicable => "The figure has no meaning at this level.",
        ResultReason.NoBaseline => "Add the go-live (投产日期) of its lines to the registry, or export the time before.",
        ResultReason.NoCommonUnit => "The outputs have different units; give them one in the source profile.",
        ResultReason.NoData => "The exports hold nothing of it in the window; export the missing tables or days.",
        ResultReason.LossExceedsTail => "So many packets are lost that the quantile falls on one; mend the network or measure again.",
        ResultReason.ZeroDenominator => "There is nothing to divide by: check the registry and the export.",
        ResultReason.Disclosure => "Too few enterprises contribute: use the figures of the factories.",
        ResultReason.TooFewDevices => "Register all key devices (是否关键设备).",
        ResultReason.TooFewSamples or ResultReason.TooFewCells or ResultReason.MeasuredShareLow => "Measure more of the site and export again.",
        ResultReason.TooFewDays or ResultReason.TooFewWeeks or ResultReason.TooFewMonths => "Wait for more production after go-live, or export more of the time before.",
        ResultReason.MatchedShareLow => "Products before and after differ too much to compare; export more of both phases.",
        ResultReason.MissingShareHigh or ResultReason.CompletenessLow => "Too many records are missing; complete the export.",
        _ => "See docs/indicators.md.",
    };
}
