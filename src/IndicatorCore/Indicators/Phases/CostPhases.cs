namespace IndicatorCore.Indicators.Phases;

/// <summary>The cost rows of one line that count, by phase (section 5, Periods).</summary>
/// <remarks>
/// A row with <c>period_end</c>, or any row under <c>cost_period: month</c>, stands for a period. In the after phase it counts iff it
/// lies wholly inside the after span. "Its baseline is the same period 12 calendar months earlier": the counted periods are
/// moved back as one set of days, and a baseline period counts iff it lies wholly in that set and ends at or before g − 30 d; so
/// months pair with months, and a month without cost after has no counterpart before. Under given phases the given baseline takes
/// the place of that set. Any other row belongs to a phase by <c>period_start</c>.
/// </remarks>
internal sealed class CostPhases
{
    private readonly List<CostCell>[] _cells = [[], []];
    private readonly HashSet<int>[] _periodDays = [[], []];
    private readonly HashSet<LocalDayRange>[] _spans = [[], []];   // many rows stand for one and the same
    private readonly Dictionary<LocalDayRange, bool> _isWithin = [];
    private readonly LinePhases _phases;
    private readonly DefinitionProfile _profile;

    /// <summary>Sorts the cells of a line into its phases.</summary>
    public CostPhases(CostCell[] cells, LinePhases phases, PhaseRequest request)
    {
        _phases = phases;
        _profile = request.Profile;
        IsPeriodic = HasPeriods(cells, _profile);
        foreach (var cell in cells)
        {
            if (LiesIn(Span(cell, _profile), phases.After))
            {
                Count(1, cell);
            }
        }

        var moved = phases.GoLiveDay is null ? null : new HashSet<int>(_periodDays[1].Count);
        var spans = new HashSet<LocalDayRange>();
        foreach (var cell in _cells[1])
        {
            if (moved is not null && IsPeriod(cell, _profile) && Span(cell, _profile) is var span && spans.Add(span))
            {
                var end = CalendarDay.YearEarlier(span.End);
                for (var day = CalendarDay.YearEarlier(span.Start); day < end; day++)
                {
                    moved.Add(day);
                }
            }
        }

        foreach (var cell in cells)
        {
            if (CountsInBaseline(cell, moved))
            {
                Count(0, cell);
            }
        }
    }

    /// <summary>Whether the line's costs come in periods.</summary>
    public bool IsPeriodic { get; }

    /// <summary>The cells that count.</summary>
    public IReadOnlyList<CostCell> Cells(int phase) => _cells[phase];

    /// <summary>First start to last end of the baseline that was used; null when nothing of it counts.</summary>
    public LocalDayRange? Baseline =>
        !IsPeriodic || _phases.GoLiveDay is null ? _phases.Baseline
        : _periodDays[0].Count == 0 ? null
        : new LocalDayRange(_periodDays[0].Min(), _periodDays[0].Max() + 1);

    /// <summary>Whether production of a day gives the output of the phase: within the counted periods, else within the span.</summary>
    public bool HasOutputOf(int phase, int day) =>
        IsPeriodic ? _periodDays[phase].Contains(day) : (phase == 0 ? _phases.Baseline : _phases.After).Contains(day);

    /// <summary>Whether any row of a line stands for a period.</summary>
    public static bool HasPeriods(CostCell[] cells, DefinitionProfile profile) => Array.Exists(cells, cell => IsPeriod(cell, profile));

    /// <summary>Whether the row stands for a period.</summary>
    public static bool IsPeriod(CostCell cell, DefinitionProfile profile) => cell.EndDay is not null || profile.CostPeriodIsMonth;

    /// <summary>The days that a row stands for; without an end one day, or under <c>cost_period: month</c> the calendar month.</summary>
    public static LocalDayRange Span(CostCell cell, DefinitionProfile profile) =>
        cell.EndDay is { } end ? new LocalDayRange(cell.StartDay, Math.Max(end, cell.StartDay + 1))
        : profile.CostPeriodIsMonth ? new LocalDayRange(CalendarDay.ThisMonth(cell.StartDay), CalendarDay.NextMonth(cell.StartDay))
        : new LocalDayRange(cell.StartDay, cell.StartDay + 1);

    private static bool LiesIn(LocalDayRange span, LocalDayRange outer) => span.Start >= outer.Start && span.End <= outer.End;

    private bool CountsInBaseline(CostCell cell, HashSet<int>? moved)
    {
        var span = Span(cell, _profile);
        if (moved is null || !IsPeriod(cell, _profile))
        {
            return LiesIn(span, _phases.Baseline);
        }

        if (span.End > _phases.GoLiveDay - _profile.RampDays)
        {
            return false;
        }

        if (!_isWithin.TryGetValue(span, out var isWithin))
        {
            isWithin = true;
            for (var day = span.Start; isWithin && day < span.End; day++)
            {
                isWithin = moved.Contains(day);
            }

            _isWithin.Add(span, isWithin);
        }

        return isWithin;
    }

    private void Count(int phase, CostCell cell)
    {
        _cells[phase].Add(cell);
        var span = Span(cell, _profile);
        if (_spans[phase].Add(span))
        {
            for (var day = span.Start; day < span.End; day++)
            {
                _periodDays[phase].Add(day);
            }
        }
    }
}
