using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Phases;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Cost reduction, <c>cost_red</c> (indicator-definitions 5).</summary>
internal sealed class CostReductionDefinition : PhaseDefinition
{
    /// <summary>The part at the prices of the index's base period.</summary>
    public const string Real = "cost_red.real";

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "cost_red",
        ChineseName = "生产成本降低",
        EnglishName = "Cost reduction",
        Change = IndicatorChange.Decrease,
        Formula = "1 − √((1−R_P)(1−R_L)); R_P = 1 − Σ C1 / Σ q1·c0, R_L = 1 − Σ q0·c1 / Σ C0, c = C / q over matched strata; real: every amount divided by the registered price index of "
            + "its element in the month of period_start (1 = the index's base period), a stratum-phase that lacks an index missing",
        Unit = "ratio",
        Needs =
        [
            new()
            {
                Source = "cost",
                Required = ["period_start", "line", "amount_cny"],
                Optional = ["period_end", "product", "element", "is_project_cost", "q_good"],
            },
            new() { Source = "production", Required = ["interval_start", "line", "q_good"], LapsesWith = "cost.q_good" },
            new() { Source = IndicatorNeed.Registry, Required = ["lines"], Optional = ["price_index"] },
        ],
        State = "sums by (line, product, element, period) of cost and output",
        Weights = "sums of numerators and denominators over all strata",
        PublicationRule = "as eff_gain, shares judged on cost; at least 3 closed months a phase; real where the registry has a price index, its matched share measured on cost as booked",
        Parts = ["cost_red.paasche", "cost_red.laspeyres", "cost_red.pooled", "cost_red.mix_effect", "cost_red.without_project_cost", Real],
        Sources = ["indicator-definitions 5"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Cost | TableNeeds.Production;

    /// <inheritdoc/>
    public override string Table => "cost";

    /// <inheritdoc/>
    protected override IReadOnlyList<PhaseFigure> Figures(PhaseRequest request) => CostReduction.Compute(request, PhaseParts.All);

    /// <inheritdoc/>
    protected override PriceTable? Prices(ReportContext report) => report.Engine.Registry?.Registry.PriceIndex is { Count: > 0 } prices
        ? report.Once(typeof(PriceTable), () => new PriceTable([.. prices.Select(static price => (price.Element, price.Month, price.Index))]))
        : null;

    /// <inheritdoc/>
    protected override IEnumerable<int> Panes(ReportContext report) =>
        report.State.Cost.Keys.Enumerate().Select(static key => key.Pane).Distinct();
}
