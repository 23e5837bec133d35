namespace IndicatorCore.Indicators.Phases;

/// <summary>生产成本降低, <c>cost_red</c>: 1 − today's cost over what today's output would have cost before (section 5), nominal, and real beside it.</summary>
/// <remarks>
/// Where the text leaves room: a line has a baseline iff a valid amount counts in it; production days come from the rows that
/// supply q, and a period with <c>cost.q_good</c> above zero stands for each of its days; closed months are the local months, ended
/// by the reference date, that a counted row with a valid amount touches; costs of periods have no interval, because no block of
/// days can draw them.
/// </remarks>
internal static class CostReduction
{
    /// <summary>The whole, then paasche, laspeyres, pooled, mix_effect, without_project_cost, real as far as wanted.</summary>
    /// <exception cref="ArgumentException">Only one of the two given phases is set.</exception>
    public static IReadOnlyList<PhaseFigure> Compute(PhaseRequest request, PhaseParts parts)
    {
        request.ThrowIfPhasesAreHalfGiven();
        var sample = new PhaseSample { Months = [[], []] };
        var tallies = new[] { new PhaseTally(), new PhaseTally() };
        var real = request.Prices is { } prices ? new RealTally(prices) : null;
        long valid = 0;
        long missing = 0;

        foreach (var (line, cells) in request.CostByLine.Lines)
        {
            var isPeriodic = CostPhases.HasPeriods(cells, request.Profile);
            var made = request.ProductionOf(line);
            if (PhaseSchedule.Find(request.GoLivesOf(line), request, isPeriodic, span => ProductionDays(cells, made, span)) is not { } found)
            {
                continue;
            }

            var phases = new CostPhases(cells, found, request);
            var hasBaseline = phases.Cells(0).Any(static cell => cell.ValidRows > 0);
            if (!hasBaseline && request.GivenAfter is null)
            {
                continue;
            }

            sample.HasBaseline |= hasBaseline;
            sample.IsDaily &= !isPeriodic;
            sample.AddLine(found, phases.Baseline, request.GoLivesOf(line));
            for (var phase = 0; phase < 2; phase++)
            {
                var spans = new HashSet<LocalDayRange>();
                foreach (var cell in phases.Cells(phase))
                {
                    sample.AddRows(cell.Rows, cell.Duplicates, cell.Conflicts, cell.FirstTimestamp, cell.LastTimestamp);
                    sample.HasAfterRows |= phase == 1 && cell.Rows > 0;
                    valid += cell.ValidRows;
                    missing += cell.MissingRows;
                    if (cell.ValidRows > 0 && CostPhases.Span(cell, request.Profile) is var span && spans.Add(span))
                    {
                        AddMonths(sample.Months[phase], span, request);
                    }
                }
            }

            foreach (var product in cells.Select(static cell => cell.Product).Distinct())
            {
                var key = new StratumKey(line, product);
                IReadOnlyList<CostCell>[] cost =
                [
                    [.. phases.Cells(0).Where(cell => cell.Product == product)],
                    [.. phases.Cells(1).Where(cell => cell.Product == product)],
                ];
                if (cost[0].Count + cost[1].Count == 0)
                {
                    continue;
                }

                var output = new StratumOutput(phases, cost, made.Where(cell => cell.Product == product));
                AddProductionDays(sample, cost, output, request.Profile);
                CostScopeTally.Add(tallies[0], key, cost, output, withProject: true);
                CostScopeTally.Add(tallies[1], key, cost, output, withProject: false);
                if (real is not null)
                {
                    CostScopeTally.Add(real, key, cost, output);
                }
            }
        }

        if (sample.After is null)
        {
            AddRowsOutsidePhases(sample, request, ref valid, ref missing);
        }

        var composer = new PhaseComposer(request, IndexForm.CostReduction, sample);
        var unavailable = request.Unavailable(sample);
        var whole = composer.Judge(tallies[0], unavailable);
        var evidence = composer.Evidence(tallies[0], input: null, valid, missing);
        var figures = new List<PhaseFigure> { composer.Whole(whole, tallies[0], evidence) };
        if (parts.HasFlag(PhaseParts.Index))
        {
            figures.AddRange(composer.IndexParts(whole, evidence));
        }

        if (parts.HasFlag(PhaseParts.Scopes))
        {
            var scopeEvidence = composer.Evidence(tallies[1], input: null, valid, missing);
            figures.Add(composer.Scope("without_project_cost", composer.Judge(tallies[1], unavailable), whole, scopeEvidence));
            if (real is not null)
            {
                figures.Add(composer.Scope("real", composer.Judge(real, unavailable), whole, composer.Evidence(real, input: null, valid, missing)));
            }
            else if (request.NamesRealCost)
            {
                var reason = request.HasRegistry ? ResultReason.MissingColumn : ResultReason.NoRegistry;
                figures.Add(composer.Scope("real", composer.Judge(tallies[0], reason), whole, evidence));
            }
        }

        return figures;
    }

    /// <summary>Production days of a line that decide between season and fallback: accepted q above zero in either table.</summary>
    private static int ProductionDays(CostCell[] cost, IEnumerable<ProductionCell> production, LocalDayRange span) =>
        production.Where(static cell => cell.ProducingRows > 0).Select(static cell => cell.Day)
            .Concat(cost.Where(static cell => cell.Output > 0).Select(static cell => cell.StartDay))
            .Where(span.Contains)
            .Distinct()
            .Count();

    private static void AddMonths(HashSet<int> months, LocalDayRange span, PhaseRequest request)
    {
        for (var day = span.Start; day < span.End; day = CalendarDay.NextMonth(day))
        {
            if (CalendarDay.NextMonth(day) <= request.ReferenceDay)
            {
                months.Add(CalendarDay.Month(day));
            }
        }
    }

    private static void AddProductionDays(
        PhaseSample sample, IReadOnlyList<CostCell>[] cost, StratumOutput output, DefinitionProfile profile)
    {
        for (var phase = 0; phase < 2; phase++)
        {
            sample.ProductionDays[phase].UnionWith(output.ProductionDays[phase]);
            var spans = new HashSet<LocalDayRange>();
            foreach (var cell in output.IsOfCostTable ? cost[phase] : [])
            {
                if (cell.Output > 0 && CostPhases.Span(cell, profile) is var span && spans.Add(span))
                {
                    sample.ProductionDays[phase].UnionWith(Enumerable.Range(span.Start, span.Days));
                }
            }
        }
    }

    private static void AddRowsOutsidePhases(PhaseSample sample, PhaseRequest request, ref long valid, ref long missing)
    {
        foreach (var cell in request.Cost)
        {
            if (request.Window?.Contains(cell.StartDay) ?? true)
            {
                sample.AddRows(cell.Rows, cell.Duplicates, cell.Conflicts, cell.FirstTimestamp, cell.LastTimestamp);
                valid += cell.ValidRows;
                missing += cell.MissingRows;
            }
        }
    }
}
