namespace IndicatorCore.Indicators.Phases;

/// <summary>The tally of one cost scope: with the project's running cost, or without.</summary>
internal static class CostScopeTally
{
    /// <summary>Adds a stratum to the tally of a scope.</summary>
    /// <remarks>
    /// "Required elements of a stratum = union of the elements with any row in either phase; an element absent or null in a phase
    /// makes that stratum-phase MISSING, its present cost counts as unmatched." A phase without any row of the stratum is no
    /// MISSING one but none at all: the stratum is unmatched, and the other phase still counts in the pooled figure.
    /// </remarks>
    public static void Add(PhaseTally tally, StratumKey key, IReadOnlyList<CostCell>[] cost, StratumOutput output, bool withProject)
    {
        var cells = new[]
        {
            cost[0].Where(cell => withProject || !cell.IsProjectCost).ToArray(),
            cost[1].Where(cell => withProject || !cell.IsProjectCost).ToArray(),
        };
        var elements = cells.Select(static phase => phase.Select(static cell => cell.Element).ToHashSet()).ToArray();
        for (var phase = 0; phase < 2; phase++)
        {
            if (cells[phase].Length == 0)
            {
                continue;
            }

            var isMissing = output.IsMissing(phase)
                || !elements[phase].IsSupersetOf(elements[1 - phase])
                || Array.Exists(cells[phase], static cell => cell.MissingRows > 0);
            if (isMissing)
            {
                tally.AddUnmatched(phase, Int128.Abs(cells[phase].Aggregate(Int128.Zero, static (sum, cell) => sum + cell.Amount)));
                continue;
            }

            foreach (var cell in cells[phase])
            {
                tally.Add(key, new DayAmount(phase, cell.StartDay, 0, cell.Amount));
            }

            foreach (var day in output.Days(phase))
            {
                tally.Add(key, day);
            }

            // "Pooled cost = all stratum-phases not MISSING; its units are those of the production rows used for q" (10.2)
            output.Units[phase].ForEach(tally.AddUnit);
        }
    }
}
