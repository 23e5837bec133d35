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
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        var plan = RadioTotals.Plan(report);
        var sites = new SitePlans(report);
        var rows = new List<IndicatorRow>();
        foreach (var level in report.Levels)
        {
            var evidence = RadioTotals.Collect(report, level, plan);
            var grids = level.IsBelowFactory ? new GroupedTotals<GridTotals>() : Collect(report, level, plan, sites);
            foreach (var group in evidence.Groups)
            {
                for (var i = 0; i < plan.Windows.Count; i++)
                {
                    var window = plan.Windows[i];
                    var targets = level.IsBelowFactory ? [] : sites.FactoriesOf(level, group, report.LastDay(window));
                    rows.AddRange(Rows(report, level, group, window, evidence.Find(group, i), grids.Find(group, i), sites, targets));
                }
            }
        }

        return rows;
    }

    private static GroupedTotals<GridTotals> Collect(ReportContext report, GroupLevel level, WindowPlan plan, SitePlans sites)
    {
        var totals = new GroupedTotals<GridTotals>();
        var keys = report.State.Grid.Keys;
        var cells = report.State.Grid.Cells;
        for (var slot = 0; slot < keys.Count; slot++)
        {
            var window = plan.Of(keys[slot].Pane);
            if (window < 0)
            {
                continue;
            }

            foreach (var group in level.GroupsOf(keys[slot].Leaf, report.Spans.DayOf(keys[slot].Pane)))
            {
                totals[group, window].Add(sites.CellOf(keys[slot]), cells[slot]);
            }
        }

        return totals;
    }

    private IEnumerable<IndicatorRow> Rows(
        ReportContext report, GroupLevel level, int group, ReportWindow window, RadioTotals radio, GridTotals grid, SitePlans sites, IReadOnlyCollection<int> factories)
    {
        var profile = report.Profile;
        long target = 0, measured = 0, covered = 0, usable = 0;
        var withoutPlan = false;
        foreach (var factory in factories.Concat(grid.Factories).Distinct())
        {
            var planned = sites.HasPlan(factory);
            withoutPlan |= !planned && grid.Factories.Contains(factory);
            target += planned ? sites.Count(factory) : grid.Cells(factory).Count();
            foreach (var (cell, counts) in grid.Cells(factory))
            {
                if (planned && !sites.Contains(cell))
                {
                    continue;   // outside the plan: ignored, and counted in the manifest
                }

                usable += counts.Usable;
                if (counts.Usable >= profile.MinimumCellSamples)
                {
                    measured++;
                    covered += 100 * (Int128)counts.Covered >= profile.CellCoveredPercent * (Int128)counts.Usable ? 1 : 0;
                }
            }
        }

        var flags = window.Flags | report.SkipFlag(Description) | radio.Flags | (withoutPlan ? ResultFlags.NoSitePlan : ResultFlags.None);
        var evidence = radio.ToEvidence(report);
        ResultReason? notAvailable = !report.HasAny(Lane.X, Lane.Grid) ? ResultReason.MissingColumn
            : level.IsBelowFactory ? ResultReason.GroupNotApplicable
            : !radio.Rows.Any ? ResultReason.NoData
            : measured == 0 ? ResultReason.ZeroDenominator
            : null;
        ResultReason? suppressed = usable < profile.MinimumCoverageSamples ? ResultReason.TooFewSamples
            : measured < profile.MinimumGridCells ? ResultReason.TooFewCells
            : 100 * (Int128)measured < profile.MeasuredSharePercent * (Int128)target ? ResultReason.MeasuredShareLow
            : null;
        double? low = target == 0 ? null : ExactRatio.ToDouble(covered, target);
        double? high = target == 0 ? null : ExactRatio.ToDouble(covered + target - measured, target);
        var whole = new IndicatorRow
        {
            Indicator = Description.Id,
            Definition = Description.Definition,
            Group = level.Group(group),
            WindowStart = window.Start,
            WindowEnd = window.End,
            Value = measured == 0 ? null : ExactRatio.ToDouble(covered, measured),
            Numerator = covered,
            Denominator = measured,
            Low = low,
            High = high,
            Flags = flags,
            Evidence = evidence,
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
        var judged = Figure.Judge(whole, notAvailable, suppressed);
        var judgedShare = Figure.Judge(share, notAvailable, suppressed);
        if (judged.Reason == ResultReason.MeasuredShareLow)
        {
            // the one exception of 1.7: what is known of an area measured too little stays visible
            judged = judged with { Low = low, High = high };
            judgedShare = judgedShare with { Value = share.Value, Numerator = share.Numerator, Denominator = share.Denominator };
        }

        return [judged, judgedShare];
    }
}
