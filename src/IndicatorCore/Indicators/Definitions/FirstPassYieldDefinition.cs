using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Binding;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>First pass yield, <c>fpy</c> (indicator-definitions 7).</summary>
internal sealed class FirstPassYieldDefinition : YieldDefinition
{
    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "fpy",
        ChineseName = "一次合格率",
        EnglishName = "First pass yield",
        Formula = "Σ good at the first pass / Σ started",
        Unit = "ratio",
        Needs =
        [
            new() { Source = "production", Required = ["interval_start", "line", "q_started", "q_first_pass"], Optional = ["product", "unit"] },
        ],
        State = "sums by (scope, unit, local day) of q_first_pass and q_started, over rows that have both",
        Weights = "sums of numerators and denominators; quantities of different units are never added (NO_COMMON_UNIT)",
        PublicationRule = "always",
        Sources = ["indicator-definitions 7"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.FirstPass;

    /// <inheritdoc/>
    protected override RatioKind Kind => RatioKind.FirstPass;

    /// <inheritdoc/>
    protected override Lane[] Lanes { get; } = [Lane.QFirstPass, Lane.QStarted];

    /// <inheritdoc/>
    protected override BigInteger Numerator(RatioTotals totals) => totals.Numerator;
}
