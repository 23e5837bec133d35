namespace IndicatorCore.Indicators.Phases;

/// <summary>生产效率提升, <c>eff_gain</c>: what today's output would have needed before, over what it needed (section 4).</summary>
internal static class EfficiencyGain
{
    /// <summary>The whole, then paasche, laspeyres, pooled, mix_effect, labour, machine as far as wanted.</summary>
    /// <exception cref="ArgumentException">Only one of the two given phases is set.</exception>
    public static IReadOnlyList<PhaseFigure> Compute(PhaseRequest request, PhaseParts parts)
    {
        request.ThrowIfPhasesAreHalfGiven();
        var sample = new PhaseSample();
        var kinds = new[] { new InputKindTally("labour", static cell => new(cell.LabourOutput, cell.LabourInput, cell.LabourInputWithoutOutput, cell.LabourRows)),
            new InputKindTally("machine", static cell => new(cell.MachineOutput, cell.MachineInput, cell.MachineInputWithoutOutput, cell.MachineRows)) };
        var output = Int128.Zero;

        foreach (var line in request.Production.GroupBy(static cell => cell.Line))
        {
            var cells = line.ToArray();
            if (PhaseSchedule.Find(line.Key, request, isSeasonal: false, span => ProductionDays(cells, span)) is not { } phases)
            {
                continue;
            }

            // "Lines without a baseline do not contribute": no accepted output in the span. Given phases hold for all lines.
            var hasBaseline = Array.Exists(cells, cell => cell.ProducingRows > 0 && phases.Baseline.Contains(cell.Day));
            if (!hasBaseline && request.GivenAfter is null)
            {
                continue;
            }

            sample.HasBaseline |= hasBaseline;
            sample.AddLine(line.Key, phases, phases.Baseline, request.GoLives);
            foreach (var cell in cells)
            {
                for (var phase = 0; phase < 2; phase++)
                {
                    if ((phase == 0 ? phases.Baseline : phases.After).Contains(cell.Day))
                    {
                        sample.AddRows(cell.Rows, cell.Duplicates, cell.Conflicts, cell.FirstTimestamp, cell.LastTimestamp);
                        sample.HasAfterRows |= phase == 1 && cell.Rows > 0;
                        output += cell.Output;
                        if (cell.ProducingRows > 0)
                        {
                            sample.ProductionDays[phase].Add(cell.Day);
                        }

                        kinds[0].Add(phase, cell);
                        kinds[1].Add(phase, cell);
                    }
                }
            }
        }

        // "labour if recorded for >= 95 % of output, else machine": plain sums over both phases, once a row (10.2).
        var chosen = 100 * kinds[0].Output >= 95 * output ? kinds[0] : kinds[1];
        if (sample.After is null)
        {
            sample.AddRowsOutsidePhases(request);
        }

        var composer = new PhaseComposer(request, IndexForm.EfficiencyGain, sample);
        var unavailable = request.Unavailable(sample);
        var whole = composer.Judge(chosen.Tally, unavailable);
        var evidence = EvidenceOf(chosen);
        var figures = new List<PhaseFigure> { composer.Whole(whole, evidence) };
        if (parts.HasFlag(PhaseParts.Index))
        {
            figures.AddRange(composer.IndexParts(whole, evidence));
        }

        if (parts.HasFlag(PhaseParts.Scopes))
        {
            foreach (var kind in kinds)
            {
                figures.Add(composer.Scope(kind.Name, composer.Judge(kind.Tally, unavailable), whole, EvidenceOf(kind)));
            }
        }

        return figures;

        // A row is VALID with output and input of the kind, else MISSING: "left out of the sums".
        Evidence EvidenceOf(InputKindTally kind) => composer.Evidence(kind.Tally, kind.Name, kind.Rows, sample.Rows - kind.Rows);
    }

    private static int ProductionDays(ProductionCell[] cells, LocalDayRange span) =>
        cells.Where(cell => cell.ProducingRows > 0 && span.Contains(cell.Day)).Select(static cell => cell.Day).Distinct().Count();
}
