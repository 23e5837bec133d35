using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>The cells of a group in a window: what area coverage and covered area are made of, and whether they may be shown.</summary>
internal sealed record GridFigure
{
    /// <summary>The group.</summary>
    public required IReadOnlyList<KeyValuePair<string, string?>> Group { get; init; }

    /// <summary>The window.</summary>
    public required ReportWindow Window { get; init; }

    /// <summary>The samples.</summary>
    public required RadioTotals Radio { get; init; }

    /// <summary>Target cells: those of site plans, elsewhere those that were touched.</summary>
    public required long Target { get; init; }

    /// <summary>Cells with enough usable samples.</summary>
    public required long Measured { get; init; }

    /// <summary>Measured cells enough of whose samples are covered.</summary>
    public required long Covered { get; init; }

    /// <summary>Flags of the samples, and NO_SITE_PLAN.</summary>
    public required ResultFlags Flags { get; init; }

    /// <summary>Why there is no figure.</summary>
    public required ResultReason? NotAvailable { get; init; }

    /// <summary>Why it must not be shown.</summary>
    public required ResultReason? Suppressed { get; init; }

    /// <summary>The figures of all levels, groups and windows, made once a report.</summary>
    public static IReadOnlyList<GridFigure> Of(ReportContext report) => report.Once(typeof(GridFigure), () => Make(report).ToList());

    private static IEnumerable<GridFigure> Make(ReportContext report)
    {
        var plan = RadioTotals.Plan(report);
        var sites = new SitePlans(report);
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
                    yield return Make(report, level, group, window, evidence.Find(group, i), grids.Find(group, i), sites, targets);
                }
            }
        }
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

    private static GridFigure Make(
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

        return new GridFigure
        {
            Group = level.Group(group),
            Window = window,
            Radio = radio,
            Target = target,
            Measured = measured,
            Covered = covered,
            Flags = radio.Flags | (withoutPlan ? ResultFlags.NoSitePlan : ResultFlags.None),
            NotAvailable = !report.HasAny(Lane.X, Lane.Grid) ? ResultReason.MissingColumn
                : level.IsBelowFactory ? ResultReason.GroupNotApplicable
                : !radio.Rows.Any ? ResultReason.NoData
                : measured == 0 ? ResultReason.ZeroDenominator
                : null,
            Suppressed = usable < profile.MinimumCoverageSamples ? ResultReason.TooFewSamples
                : measured < profile.MinimumGridCells ? ResultReason.TooFewCells
                : 100 * (Int128)measured < profile.MeasuredSharePercent * (Int128)target ? ResultReason.MeasuredShareLow
                : null,
        };
    }
}
