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
        CostCell[][] cells =
        [
            [.. cost[0].Where(cell => withProject || !cell.IsProjectCost)],
            [.. cost[1].Where(cell => withProject || !cell.IsProjectCost)],
        ];
        for (var phase = 0; phase < 2; phase++)
        {
            if (cells[phase].Length == 0)
            {
                continue;
            }

            if (IsMissing(cells, output, phase))
            {
                tally.AddUnmatched(phase, Int128.Abs(Booked(cells[phase])));
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

    /// <summary>Adds a stratum with the project's cost at base prices.</summary>
    /// <remarks>
    /// As "a missing element makes the stratum-phase MISSING, not cheaper", so does the missing index of an element in a month that has cost of it.
    /// </remarks>
    public static void Add(RealTally tally, StratumKey key, IReadOnlyList<CostCell>[] cost, StratumOutput output)
    {
        CostCell[][] cells = [[.. cost[0]], [.. cost[1]]];
        for (var phase = 0; phase < 2; phase++)
        {
            if (cells[phase].Length == 0)
            {
                continue;
            }

            if (IsMissing(cells, output, phase) || !Array.TrueForAll(cells[phase], tally.CanDeflate))
            {
                tally.AddUnmatched(phase, Int128.Abs(Booked(cells[phase])));
                continue;
            }

            foreach (var cell in cells[phase])
            {
                tally.Add(key, phase, cell);
            }

            foreach (var day in output.Days(phase))
            {
                tally.AddOutput(key, phase, day.Output);
            }

            output.Units[phase].ForEach(tally.AddUnit);
        }
    }

    private static bool IsMissing(CostCell[][] cells, StratumOutput output, int phase) => output.IsMissing(phase)
        || !cells[phase].Select(static cell => cell.Element).ToHashSet().IsSupersetOf(cells[1 - phase].Select(static cell => cell.Element))
        || Array.Exists(cells[phase], static cell => cell.MissingRows > 0);

    private static Int128 Booked(CostCell[] cells) => cells.Aggregate(Int128.Zero, static (sum, cell) => sum + cell.Amount);
}
