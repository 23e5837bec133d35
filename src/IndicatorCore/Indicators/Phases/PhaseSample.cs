namespace IndicatorCore.Indicators.Phases;

/// <summary>What one row of a phase indicator rests on, whatever the input kind: phases, days and row counts.</summary>
internal sealed class PhaseSample
{
    private readonly SortedSet<string> _evidenceIds = new(StringComparer.Ordinal);

    /// <summary>Local days of the lines' phases, by phase: what the bootstrap draws from.</summary>
    public SortedSet<int>[] SpanDays { get; } = [[], []];

    /// <summary>Distinct local days with accepted output above zero, by phase.</summary>
    public HashSet<int>[] ProductionDays { get; } = [[], []];

    /// <summary>Distinct closed local months with cost, by phase; null where months do not matter.</summary>
    public HashSet<int>[]? Months { get; init; }

    /// <summary>Whether every amount belongs to a day; false with cost periods, which no block of days can draw.</summary>
    public bool IsDaily { get; set; } = true;

    /// <summary>First start to last end of the after spans; null without any.</summary>
    public LocalDayRange? After { get; private set; }

    /// <summary>First start to last end of the baselines; null without any.</summary>
    public LocalDayRange? Baseline { get; private set; }

    /// <summary>Flags of the lines that contribute.</summary>
    public ResultFlags Flags { get; set; }

    /// <summary>Evidence documents of the go-lives used, in ordinal order.</summary>
    public IReadOnlyList<string> EvidenceIds => [.. _evidenceIds];

    /// <summary>Whether the after phase has a row.</summary>
    public bool HasAfterRows { get; set; }

    /// <summary>Whether the baseline has what makes it one: accepted output, or cost.</summary>
    public bool HasBaseline { get; set; }

    /// <summary>Accepted rows counted.</summary>
    public long Rows { get; private set; }

    /// <summary>Exact duplicates dropped among them.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Rows that lost a key conflict among them.</summary>
    public long Conflicts { get; private set; }

    /// <summary>First accepted event, or long.MaxValue.</summary>
    public long FirstTimestamp { get; private set; } = long.MaxValue;

    /// <summary>Last accepted event, or long.MinValue.</summary>
    public long LastTimestamp { get; private set; } = long.MinValue;

    /// <summary>Takes up the phases of a line that contributes.</summary>
    public void AddLine(string? line, LinePhases phases, LocalDayRange? baseline, IEnumerable<GoLive> goLives)
    {
        Flags |= phases.Flags;
        After = Hull(After, phases.After);
        AddSpan(1, phases.After);
        if (baseline is { } span)
        {
            Baseline = Hull(Baseline, span);
            AddSpan(0, span);
        }

        foreach (var goLive in goLives)
        {
            if (goLive.Line == line && goLive.Day == phases.GoLiveDay && goLive.EvidenceId is { } id)
            {
                _evidenceIds.Add(id);
            }
        }
    }

    /// <summary>Counts the rows of a cell.</summary>
    public void AddRows(long rows, long duplicates, long conflicts, long first, long last)
    {
        Rows += rows;
        Duplicates += duplicates;
        Conflicts += conflicts;
        FirstTimestamp = Math.Min(FirstTimestamp, first);
        LastTimestamp = Math.Max(LastTimestamp, last);
        if (conflicts > 0)
        {
            Flags |= ResultFlags.Conflict;
        }
    }

    /// <summary>Counts production rows where no line has phases: those of the window, or all.</summary>
    public void AddRowsOutsidePhases(PhaseRequest request)
    {
        foreach (var cell in request.Production)
        {
            if (request.Window?.Contains(cell.Day) ?? true)
            {
                AddRows(cell.Rows, cell.Duplicates, cell.Conflicts, cell.FirstTimestamp, cell.LastTimestamp);
            }
        }
    }

    /// <summary>Independent weeks: distinct ISO weeks (Monday to Sunday) that hold a production day of the phase.</summary>
    public int Weeks(int phase) =>
        ProductionDays[phase].Select(static day => (int)Math.Floor((day + 3) / 7m)).Distinct().Count();   // day 0 was a Thursday

    private void AddSpan(int phase, LocalDayRange span)
    {
        for (var day = span.Start; day < span.End; day++)
        {
            SpanDays[phase].Add(day);
        }
    }

    private static LocalDayRange Hull(LocalDayRange? hull, LocalDayRange span) =>
        hull is { } old ? new LocalDayRange(Math.Min(old.Start, span.Start), Math.Max(old.End, span.End)) : span;
}
