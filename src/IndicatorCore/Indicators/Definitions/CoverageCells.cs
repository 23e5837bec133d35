using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>The coverage maps of factories: their grid cells over the whole window, where their <c>cov_grid</c> may be shown.</summary>
internal static class CoverageCells
{
    private const string Key = "factory";

    /// <summary>The cells by factory, floor, row and column; planned ones without a sample included.</summary>
    /// <param name="report">A report without calendar windows.</param>
    public static IReadOnlyList<CoverageCell> Of(ReportContext report)
    {
        var level = report.NewLevel(report.Levels.Count, [Key]);
        var published = GridFigure.Of(report.WithoutIntervals([level]))
            .Where(static figure => figure.NotAvailable is null && figure.Suppressed is null)
            .Select(static figure => figure.Group[0].Value)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        var counts = new Dictionary<GridCell, (long Usable, long Covered)>();
        var sites = new SitePlans(report);
        foreach (var cell in sites.Cells)
        {
            counts.Add(cell, default);
        }

        var plan = RadioTotals.Plan(report);
        var keys = report.State.Grid.Keys;
        var cells = report.State.Grid.Cells;
        for (var slot = 0; slot < keys.Count; slot++)
        {
            var cell = sites.CellOf(keys[slot]);
            if (plan.Of(keys[slot].Pane) < 0 || cell.Factory < 0 || (sites.HasPlan(cell.Factory) && !sites.Contains(cell)))
            {
                continue;
            }

            var (usable, covered) = counts.GetValueOrDefault(cell);
            counts[cell] = (usable + cells[slot].Usable, covered + cells[slot].Covered);
        }

        return
        [
            .. counts.Select(pair => (Factory: report.Engine.Keys.Factories.Name(pair.Key.Factory), Cell: pair.Key, Count: pair.Value))
                .Where(cell => published.Contains(cell.Factory))
                .OrderBy(static cell => cell.Factory, StringComparer.Ordinal)
                .ThenBy(static cell => cell.Cell.Floor)
                .ThenBy(static cell => cell.Cell.Y)
                .ThenBy(static cell => cell.Cell.X)
                .Select(cell => new CoverageCell(
                    cell.Factory, cell.Cell.Floor, cell.Cell.X, cell.Cell.Y, cell.Count.Usable, cell.Count.Covered, StateOf(report.Profile, cell.Count))),
        ];
    }

    private static CoverageCellState StateOf(DefinitionProfile profile, (long Usable, long Covered) count) =>
        count.Usable < profile.MinimumCellSamples ? CoverageCellState.Unmeasured
        : 100 * (Int128)count.Covered >= profile.CellCoveredPercent * (Int128)count.Usable ? CoverageCellState.Covered
        : CoverageCellState.NotCovered;
}
