using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Binding;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Scrap rate, <c>scrap</c> (indicator-definitions 7).</summary>
internal sealed class ScrapRateDefinition : YieldDefinition
{
    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "scrap",
        ChineseName = "报废率",
        EnglishName = "Scrap rate",
        Direction = IndicatorDirection.LowerIsBetter,
        Formula = "Σ (PQ − GQ) / Σ PQ; PQ produced (q_total), GQ good (q_good)",
        Unit = "ratio",
        Needs = [new() { Source = "production", Required = ["interval_start", "line", "q_good", "q_total"], Optional = ["product", "unit"] }],
        State = "sums by (scope, unit, local day) of q_good and q_total, over rows that have both",
        Weights = "sums of numerators and denominators; quantities of different units are never added (NO_COMMON_UNIT)",
        PublicationRule = "always",
        Sources = ["indicator-definitions 7"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Scrap;

    /// <inheritdoc/>
    protected override RatioKind Kind => RatioKind.Yield;

    /// <inheritdoc/>
    protected override Lane[] Lanes { get; } = [Lane.QGood, Lane.QTotal];

    /// <inheritdoc/>
    protected override BigInteger Numerator(RatioTotals totals) => totals.Denominator - totals.Numerator;
}
