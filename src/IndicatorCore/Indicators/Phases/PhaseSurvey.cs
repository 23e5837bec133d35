namespace IndicatorCore.Indicators.Phases;

/// <summary>The phases of a group's lines, and what lies in them.</summary>
internal sealed class PhaseSurvey
{
    private PhaseSurvey()
    {
    }

    /// <summary>Days, spans and rows; without days of its own to draw, so that there is no interval.</summary>
    public PhaseSample Sample { get; } = new() { IsDaily = false };

    /// <summary>Rows that count.</summary>
    public long Valid { get; private set; }

    /// <summary>Accepted rows that do not.</summary>
    public long Missing => Sample.Rows - Valid;

    /// <summary>Finds each line's phases and hands over the cells in them.</summary>
    /// <param name="request">Go-lives, reference date, window, given phases and profile.</param>
    /// <param name="lines">The cells by line.</param>
    /// <param name="add">Takes a cell of a phase: 0 = baseline, 1 = after.</param>
    public static PhaseSurvey Of<TCell>(PhaseRequest request, LineCells<TCell> lines, Action<int, TCell> add)
        where TCell : PhaseCell
    {
        request.ThrowIfPhasesAreHalfGiven();
        var survey = new PhaseSurvey();
        var sample = survey.Sample;
        foreach (var (line, cells) in lines.Lines)
        {
            if (PhaseSchedule.Find(request.GoLivesOf(line), request, isSeasonal: false, span => Days(cells, span)) is not { } phases)
            {
                continue;
            }

            // as eff_gain: lines without a baseline do not contribute, and given phases hold for all lines
            var hasBaseline = Array.Exists(cells, cell => cell.IsProducing && phases.Baseline.Contains(cell.Day));
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
                        survey.Count(cell);
                        sample.HasAfterRows |= phase == 1 && cell.Rows > 0;
                        if (cell.IsProducing)
                        {
                            sample.ProductionDays[phase].Add(cell.Day);
                        }

                        add(phase, cell);
                    }
                }
            }
        }

        if (sample.After is null)
        {
            // where no line has phases, evidence counts the rows of the window, or all
            foreach (var cell in lines.Lines.SelectMany(static line => line.Cells).Where(cell => request.Window?.Contains(cell.Day) ?? true))
            {
                survey.Count(cell);
            }
        }

        return survey;
    }

    private static int Days<TCell>(TCell[] cells, LocalDayRange span)
        where TCell : PhaseCell =>
        cells.Where(cell => cell.IsProducing && span.Contains(cell.Day)).Select(static cell => cell.Day).Distinct().Count();

    private void Count(PhaseCell cell)
    {
        Sample.AddRows(cell.Rows, cell.Duplicates, cell.Conflicts, cell.FirstTimestamp, cell.LastTimestamp);
        Valid += cell.ValidRows;
    }
}
