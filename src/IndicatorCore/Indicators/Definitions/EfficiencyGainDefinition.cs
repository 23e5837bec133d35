using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Phases;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Efficiency gain, <c>eff_gain</c> (indicator-definitions 4).</summary>
internal sealed class EfficiencyGainDefinition : PhaseDefinition
{
    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "eff_gain",
        ChineseName = "生产效率提升",
        EnglishName = "Efficiency gain",
        Change = IndicatorChange.Increase,
        Formula = "√(E_P · E_L) − 1; E_P = Σ q1·h0 / Σ l1, E_L = Σ l0 / Σ q0·h1, h = l / q over matched strata (line, product)",
        Unit = "ratio",
        Needs =
        [
            new()
            {
                Source = "production",
                Required =
                [
                    "interval_start", "line", "q_good", "labour_h|labour_s|planned_busy_h|planned_busy_s|machine_h|machine_s",
                ],
                Optional = ["product", "unit"],
            },
            new() { Source = IndicatorNeed.Registry, Required = ["lines"] },
        ],
        State = "sums by (line, product, unit, local day) of output and inputs",
        Weights = "sums of numerators and denominators over all strata; never the mean of gains",
        PublicationRule = "at least 28 production days and 2 weeks a phase; matched input share below 90 % warns, below 70 % suppresses",
        Parts = ["eff_gain.paasche", "eff_gain.laspeyres", "eff_gain.pooled", "eff_gain.mix_effect", "eff_gain.labour", "eff_gain.machine"],
        Sources = ["indicator-definitions 4", "IMF PPI Manual (index theory)"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Production;

    /// <inheritdoc/>
    public override string Table => "production";

    /// <inheritdoc/>
    protected override IReadOnlyList<PhaseFigure> Figures(PhaseRequest request) => EfficiencyGain.Compute(request, PhaseParts.All);

    /// <inheritdoc/>
    protected override bool HasColumns(ReportContext report) => base.HasColumns(report) && report.HasAny(Lane.Labour, Lane.Machine);

    /// <inheritdoc/>
    protected override IEnumerable<int> Panes(ReportContext report) =>
        report.State.Production.Keys.Enumerate().Select(static key => key.Pane).Distinct();
}
