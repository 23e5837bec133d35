namespace IndicatorCore.Indicators.Phases;

/// <summary>生产效率提升, <c>eff_gain</c>: what today's output would have needed before, over what it needed (section 4).</summary>
/// <remarks>
/// Where the text leaves room: a line has a baseline iff a row with output above zero lies in it, and under given phases every line
/// has one; NO_DATA means a baseline but no row after; the days that suppress are distinct local days over all contributing lines, and
/// independent weeks the distinct ISO weeks with such a day; an input kind without any record is "phases with data but no
/// matched stratum", so MATCHED_SHARE_LOW.
/// </remarks>
internal static class EfficiencyGain
{
    /// <summary>The whole, then paasche, laspeyres, pooled, mix_effect, labour, machine as far as wanted.</summary>
    /// <exception cref="ArgumentException">Only one of the two given phases is set.</exception>
    public static IReadOnlyList<PhaseFigure> Compute(PhaseRequest request, PhaseParts parts)
    {
        request.ThrowIfPhasesAreHalfGiven();
        var sample = new PhaseSample();
        var kinds = new[]
        {
            new InputKindTally(
                "labour", static cell => new(cell.LabourOutput, cell.LabourInput, cell.LabourInputWithoutOutput, cell.LabourRows)),
            new InputKindTally(
                "machine", static cell => new(cell.MachineOutput, cell.MachineInput, cell.MachineInputWithoutOutput, cell.MachineRows)),
        };
        var output = Int128.Zero;

        foreach (var (line, cells) in request.ProductionByLine.Lines)
        {
            if (PhaseSchedule.Find(request.GoLivesOf(line), request, isSeasonal: false, span => ProductionDays(cells, span)) is not { } phases)
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
            sample.AddLine(phases, phases.Baseline, request.GoLivesOf(line));
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
            AddRowsOutsidePhases(sample, kinds, request);
        }

        var composer = new PhaseComposer(request, IndexForm.EfficiencyGain, sample);
        var unavailable = request.Unavailable(sample);
        var whole = composer.Judge(chosen.Tally, unavailable);
        var evidence = EvidenceOf(chosen);
        var figures = new List<PhaseFigure> { composer.Whole(whole, chosen.Tally, evidence) };
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

    /// <summary>Where no line has phases, evidence counts the rows of the window, or all.</summary>
    private static void AddRowsOutsidePhases(PhaseSample sample, InputKindTally[] kinds, PhaseRequest request)
    {
        foreach (var cell in request.Production)
        {
            if (request.Window?.Contains(cell.Day) ?? true)
            {
                sample.AddRows(cell.Rows, cell.Duplicates, cell.Conflicts, cell.FirstTimestamp, cell.LastTimestamp);
                Array.ForEach(kinds, kind => kind.AddRows(cell));
            }
        }
    }

    private static int ProductionDays(ProductionCell[] cells, LocalDayRange span)
    {
        var days = new HashSet<int>();
        foreach (var cell in cells)
        {
            if (cell.ProducingRows > 0 && span.Contains(cell.Day))
            {
                days.Add(cell.Day);
            }
        }

        return days.Count;
    }
}
