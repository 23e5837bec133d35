using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>5G area coverage, <c>cov_grid</c> (indicator-definitions 3.1).</summary>
internal sealed class GridCoverageDefinition : IndicatorDefinition
{
    private const string MeasuredShare = "cov_grid.measured_share";

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "cov_grid",
        ChineseName = "5G网络覆盖率（按栅格）",
        EnglishName = "5G coverage by area",
        HasBounds = true,
        Formula = "covered cells / measured cells; measured: ≥ 5 usable samples; covered: ≥ 95 % of them covered; "
            + "bounds [covered/target, (covered + target − measured)/target]",
        Unit = "ratio",
        Needs =
        [
            new()
            {
                Source = "radio",
                Required = ["event_ts", "rsrp_dbm", "sinr_db", "x_m+y_m|grid"],
                Optional = ["floor", "cell", "rat", "device", "line", "factory"],
            },
            new() { Source = IndicatorNeed.Registry, Required = ["grid_cells"] },
        ],
        State = "counts by (cell, floor, local day) of valid, covered, unserved, missing, invalid samples",
        Weights = "grid cells of equal size",
        PublicationRule = "measured / target ≥ 80 %, at least 20 measured cells and 300 usable samples; bounds are shown with every figure",
        Parts = [MeasuredShare],
        Sources = ["indicator-definitions 3.1"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Radio | TableNeeds.Grid;

    /// <inheritdoc/>
    public override string Table => "radio";

    /// <summary>Cells with samples that no site plan has, over the whole run.</summary>
    public static long CellsOutsidePlan(ReportContext report)
    {
        var plans = new SitePlans(report);
        var outside = new HashSet<GridCell>();
        foreach (var key in report.State.Grid.Keys.Enumerate())
        {
            var cell = plans.CellOf(key);
            if (plans.HasPlan(cell.Factory) && !plans.Contains(cell))
            {
                outside.Add(cell);
            }
        }

        return outside.Count;
    }

    /// <summary>Samples of which no cell is known, over the whole run; 0 where no input has positions.</summary>
    public static long SamplesWithoutCell(ReportContext report)
    {
        if (!report.HasAny(Lane.X, Lane.Grid))
        {
            return 0;
        }

        var count = 0L;
        for (var slot = 0; slot < report.State.Radio.Count; slot++)
        {
            count += report.State.Radio.Cells[slot].Counts.All;
        }

        for (var slot = 0; slot < report.State.Grid.Count; slot++)
        {
            count -= report.State.Grid.Cells[slot].All;
        }

        return count;
    }

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report) => GridFigure.Of(report).SelectMany(figure => Rows(report, figure));

    private IndicatorRow[] Rows(ReportContext report, GridFigure figure)
    {
        var (covered, measured, target) = (figure.Covered, figure.Measured, figure.Target);
        double? low = target == 0 ? null : ExactRatio.ToDouble(covered, target);
        double? high = target == 0 ? null : ExactRatio.ToDouble(covered + target - measured, target);
        var whole = new IndicatorRow
        {
            Indicator = Description.Id,
            Definition = Description.Definition,
            Group = figure.Group,
            WindowStart = figure.Window.Start,
            WindowEnd = figure.Window.End,
            Value = measured == 0 ? null : ExactRatio.ToDouble(covered, measured),
            Numerator = covered,
            Denominator = measured,
            Low = low,
            High = high,
            Flags = figure.Window.Flags | report.SkipFlag(Description) | figure.Flags,
            Evidence = figure.Radio.ToEvidence(report),
        };
        var share = whole with
        {
            Indicator = MeasuredShare,
            Value = target == 0 ? null : ExactRatio.ToDouble(measured, target),
            Numerator = measured,
            Denominator = target,
            Low = null,
            High = null,
        };
        var judged = Figure.Judge(whole, figure.NotAvailable, figure.Suppressed);
        var judgedShare = Figure.Judge(share, figure.NotAvailable, figure.Suppressed);
        if (judged.Reason == ResultReason.MeasuredShareLow)
        {
            // the one exception of 1.7: what is known of an area measured too little stays visible
            judged = judged with { Low = low, High = high };
            judgedShare = judgedShare with { Value = share.Value, Numerator = share.Numerator, Denominator = share.Denominator };
        }

        return [judged, judgedShare];
    }
}
