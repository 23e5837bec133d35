namespace IndicatorCore.Indicators.Phases;

/// <summary>The output of a cost stratum in both phases, and the days it was made on.</summary>
/// <remarks>
/// "q is cost.q_good, else production with interval_start in the counted periods" (section 5). One source serves both phases of a
/// stratum, so that a difference between the tables cannot look like a change: <c>cost.q_good</c> where any counted row of the
/// stratum has it, else production. Rows of one output repeat <c>cost.q_good</c> for each element, so q of a stratum-phase is the
/// greatest over (element, project mark) of its summed q; the series that gives it must have a valid q in every period that it
/// has rows for. Where q is missing (that, a production row without q in a counted period, or no row at all) the stratum-phase
/// is MISSING.
/// </remarks>
internal sealed class StratumOutput
{
    private readonly List<DayAmount>[] _days = [[], []];
    private readonly bool[] _isMissing = new bool[2];

    /// <summary>Finds the output of a stratum.</summary>
    /// <param name="phases">The line's counted rows.</param>
    /// <param name="cost">The stratum's counted cells, by phase.</param>
    /// <param name="production">The stratum's production cells, over all days.</param>
    public StratumOutput(CostPhases phases, IReadOnlyList<CostCell>[] cost, IEnumerable<ProductionCell> production)
    {
        IsOfCostTable = cost.Any(static cells => cells.Any(static cell => cell.OutputRows > 0));
        if (IsOfCostTable)
        {
            FromCost(cost);
        }
        else
        {
            FromProduction(phases, production);
        }
    }

    /// <summary>Whether q came from the cost table.</summary>
    public bool IsOfCostTable { get; }

    /// <summary>Units of the production rows used, by phase.</summary>
    public List<string?>[] Units { get; } = [[], []];

    /// <summary>Whether q of the phase is MISSING.</summary>
    public bool IsMissing(int phase) => _isMissing[phase];

    /// <summary>Output by day (of period_start where it comes from the cost table); input is zero.</summary>
    public IReadOnlyList<DayAmount> Days(int phase) => _days[phase];

    /// <summary>Local days with output above zero, from production; empty where q came from the cost table.</summary>
    public HashSet<int>[] ProductionDays { get; } = [[], []];

    private void FromCost(IReadOnlyList<CostCell>[] cost)
    {
        for (var phase = 0; phase < 2; phase++)
        {
            // Equal sums may lie on different days: a complete series first, then ordinal order, so that the choice is always the same.
            var chosen = cost[phase]
                .GroupBy(static cell => (cell.Element, cell.IsProjectCost))
                .Select(static series => (
                    series.Key,
                    Sum: series.Aggregate(Int128.Zero, static (total, cell) => total + cell.Output),
                    IsComplete: series
                        .GroupBy(static cell => (cell.StartDay, cell.EndDay))
                        .All(static period => period.Any(static cell => cell.OutputRows > 0)),
                    Cells: series.ToArray()))
                .OrderByDescending(static series => series.Sum)
                .ThenByDescending(static series => series.IsComplete)
                .ThenBy(static series => series.Key.Element, StringComparer.Ordinal)
                .ThenBy(static series => series.Key.IsProjectCost)
                .FirstOrDefault();
            _isMissing[phase] = !chosen.IsComplete;
            foreach (var cell in chosen.Cells ?? [])
            {
                _days[phase].Add(new DayAmount(phase, cell.StartDay, cell.Output, 0));
            }
        }
    }

    private void FromProduction(CostPhases phases, IEnumerable<ProductionCell> production)
    {
        long[] valid = [0, 0];
        foreach (var cell in production)
        {
            for (var phase = 0; phase < 2; phase++)
            {
                if (phases.HasOutputOf(phase, cell.Day))
                {
                    _days[phase].Add(new DayAmount(phase, cell.Day, cell.Output, 0));
                    _isMissing[phase] |= cell.MissingOutputRows > 0;
                    valid[phase] += cell.ValidOutputRows;
                    if (cell.ValidOutputRows > 0)
                    {
                        Units[phase].Add(cell.Unit);
                    }

                    if (cell.ProducingRows > 0)
                    {
                        ProductionDays[phase].Add(cell.Day);
                    }
                }
            }
        }

        _isMissing[0] |= valid[0] == 0;
        _isMissing[1] |= valid[1] == 0;
    }
}
