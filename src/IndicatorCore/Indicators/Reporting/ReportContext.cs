using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.State;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.Reporting;

/// <summary>What definitions make their rows from.</summary>
internal sealed class ReportContext
{
    private readonly Dictionary<int, (PaneKey Place, QuarantineReason Reason, long Count)[]> _quarantined;

    public ReportContext(EngineContext engine, EngineState state)
        : this(engine, state, engine.Query.Profile, Asked(engine, shift: null), shift: null, whole: null)
    {
    }

    private ReportContext(EngineContext engine, EngineState state, DefinitionProfile profile, IReadOnlyList<GroupLevel> levels, ShiftTrack? shift, ReportContext? whole)
    {
        _whole = whole ?? this;
        Shift = shift;
        Engine = engine;
        Profile = profile;
        Levels = levels;
        State = state;
        Clock = engine.Clock;
        Panes = engine.NewPaneClock();
        Spans = engine.NewSpanClock();
        HasEvents = state.LastEvent >= state.FirstEvent;
        ReferenceDay = engine.Query.AsOf is { } asOf ? Clock.DayOf(ReportingClock.Nanoseconds(asOf))
            : HasEvents ? Clock.DayAtOrAfter(state.LastEvent)
            : null;
        From = engine.Query.From is { } from ? Instant(from)
            : engine.Query.Last is { } days && ReferenceDay is { } reference ? Clock.StartOf(reference - days)
            : null;
        To = engine.Query.To is { } to ? Instant(to) : null;
        _quarantined = Quarantined(state);
    }

    private readonly Dictionary<object, object> _shared = [];
    private readonly Dictionary<string, List<IndicatorRow>> _shown = new(StringComparer.Ordinal);
    private readonly ReportContext _whole;
    private long _reserved;

    public EngineContext Engine { get; }

    public EngineState State { get; }

    public ReportingClock Clock { get; }

    public PaneClock Panes { get; }

    /// <summary>The panes of radio and energy, which may be whole spans.</summary>
    public PaneClock Spans { get; }

    public IReadOnlyList<GroupLevel> Levels { get; }

    /// <summary>Whether any event was accepted.</summary>
    public bool HasEvents { get; }

    /// <summary>The reference date R as a local day, or null without any event.</summary>
    public int? ReferenceDay { get; }

    /// <summary>The reference date R as an instant, UTC nanoseconds since 1970.</summary>
    public long? ReferenceDate => ReferenceDay is { } day ? Clock.StartOf(day) : null;

    /// <summary>Where the span counted begins, by --from or --last; null = open.</summary>
    public long? From { get; }

    /// <summary>Where it ends by --to; null = at the reference date.</summary>
    public long? To { get; }

    /// <summary>Whether --from, --to or --last says what is counted.</summary>
    public bool IsBounded => Query.From is not null || Query.To is not null || Query.Last is not null;

    /// <summary>The shift that windows are made by; null where they are not by shift.</summary>
    public ShiftTrack? Shift { get; }

    public IndicatorQuery Query => Engine.Query;

    /// <summary>The threads that pieces of the report may be computed on.</summary>
    public int Threads => Query.Threads ?? Environment.ProcessorCount;

    /// <summary>Thresholds and floors.</summary>
    public DefinitionProfile Profile { get; }

    /// <summary>The same state at other levels, no figure of which is kept back: what disclosure control weighs.</summary>
    /// <param name="levels">The levels.</param>
    public ReportContext WithoutFloors(IReadOnlyList<GroupLevel> levels) => new(Engine, State, Profile.WithoutFloors(), levels, Shift, _whole);

    /// <summary>Whether disclosure control judges the figures of a level.</summary>
    public bool Discloses(GroupLevel level) => level.IsDisclosed && Profile.ApplyDisclosure && Engine.Registry is not null;

    /// <summary>A level of grouping beside those asked for.</summary>
    /// <param name="ordinal">Its place among the levels.</param>
    /// <param name="keys">Its keys.</param>
    public GroupLevel NewLevel(int ordinal, string[] keys) => new(Engine, ordinal, keys, Shift);

    /// <summary>The parts that a report is made of, each with windows of its own: one a shift where windows are shifts, else itself.</summary>
    public IReadOnlyList<ReportContext> Parts => Query.Window == Window.Shift && Engine.Shifts is { } shifts && Shift is null
        ? [.. shifts.Tracks.Select(shift => new ReportContext(Engine, State, Profile, Asked(Engine, shift), shift, _whole))]
        : [this];

    /// <summary>Takes memory for what a report is made of; it is given back when the report is made.</summary>
    /// <param name="bytes">How much.</param>
    /// <param name="what">What for, in an error.</param>
    /// <exception cref="Errors.LimitExceededException">The budget does not hold it.</exception>
    public void Reserve(long bytes, string what)
    {
        Engine.Budget.Reserve(bytes, what);
        Interlocked.Add(ref _whole._reserved, bytes);
    }

    /// <summary>Gives that memory back.</summary>
    public void Release() => Engine.Budget.Release(Interlocked.Exchange(ref _whole._reserved, 0));

    /// <summary>The same state at other levels with the same floors, and without intervals, which cost most of a phase indicator.</summary>
    /// <param name="levels">The levels.</param>
    public ReportContext WithoutIntervals(IReadOnlyList<GroupLevel> levels) => new(Engine, State, Profile with { MinimumIntervalDays = int.MaxValue }, levels, Shift, _whole);

    /// <summary>What several definitions of a report need, made for the first of them.</summary>
    /// <param name="key">What it is of.</param>
    /// <param name="make">Makes it.</param>
    public T Once<T>(object key, Func<T> make)
        where T : class
    {
        if (!_shared.TryGetValue(key, out var made))
        {
            _shared.Add(key, made = make());
        }

        return (T)made;
    }

    /// <summary>Keeps the rows of an indicator as they may be shown, for what is made of them.</summary>
    public void Keep(IndicatorRow row)
    {
        if (!_shown.TryGetValue(row.Indicator, out var rows))
        {
            _shown.Add(row.Indicator, rows = []);
        }

        rows.Add(row);
    }

    /// <summary>The rows of an indicator as they may be shown, as far as they were kept.</summary>
    public IReadOnlyList<IndicatorRow> ShownOf(string indicator) => _shown.TryGetValue(indicator, out var rows) ? rows : [];

    /// <summary>A table's place in the catalogue.</summary>
    public static int OrdinalOf(string table) => TableCatalog.IndexOf(table);

    /// <summary>Whether any input fed a table.</summary>
    public bool HasTable(string table) => (State.TablesSeen & (1L << TableCatalog.IndexOf(table))) != 0;

    /// <summary>Whether any input had one of the lanes.</summary>
    public bool HasAny(params ReadOnlySpan<Lane> lanes)
    {
        foreach (var lane in lanes)
        {
            if ((State.LanesSeen & (1L << (int)lane)) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>INPUT_SKIPPED where something was skipped of a table that an indicator is made of.</summary>
    public ResultFlags SkipFlag(IndicatorDescription indicator)
    {
        foreach (var need in indicator.Needs)
        {
            if (need.Source != IndicatorNeed.Registry && ((State.TablesSkipped | State.TablesOfSkippedInputs) & (1L << TableCatalog.IndexOf(need.Source))) != 0)
            {
                return ResultFlags.InputSkipped;
            }
        }

        return ResultFlags.None;
    }

    /// <summary>INPUT_SKIPPED where something was skipped of a table.</summary>
    public ResultFlags SkipFlag(string table) =>
        ((State.TablesSkipped | State.TablesOfSkippedInputs) & (1L << TableCatalog.IndexOf(table))) != 0 ? ResultFlags.InputSkipped : ResultFlags.None;

    /// <summary>The instant of a bound as a user gave it.</summary>
    public long Instant(TimeBound bound) =>
        bound.Date is { } date ? Clock.StartOf(ReportingClock.NumberOf(date)) : ReportingClock.Nanoseconds(bound.Instant!.Value);

    /// <summary>The windows of an indicator.</summary>
    /// <param name="panes">Panes with data of its table.</param>
    /// <param name="clock">The clock of these panes.</param>
    /// <param name="defaultDays">Under the default window: the days before R, or null for everything.</param>
    public WindowPlan Plan(IEnumerable<int> panes, PaneClock clock, int? defaultDays = null)
    {
        if (ReferenceDay is not { } reference)
        {
            return WindowPlan.Single(clock, 0, 0);
        }

        var end = Clock.StartOf(reference);
        if (To is { } to)
        {
            end = Math.Min(end, to);   // a window that contains R is cut at R
        }

        var isDefault = Query.Window == Window.Default && defaultDays is not null;
        var start = From is { } from ? from
            : isDefault ? Clock.StartOf(reference - defaultDays!.Value)
            : HasEvents ? Clock.StartOf(Clock.DayOf(State.FirstEvent))
            : end;
        if (Query.Window is Window.Default or Window.All)
        {
            return WindowPlan.Single(clock, start, end);
        }

        if (Query.Window == Window.Shift)
        {
            long[] starts = [.. panes.Select(pane => clock.SpanOf(pane).Start).Where(at => at >= start && at < end)];
            return Shift is null || starts.Length == 0
                ? WindowPlan.Single(clock, 0, 0)
                : WindowPlan.Shifts(clock, Clock, Shift, starts, From ?? long.MinValue, end, Query.MaxWindows);
        }

        long first = long.MaxValue, last = long.MinValue;
        foreach (var pane in panes)
        {
            var span = clock.SpanOf(pane);
            if (span.Start >= start && span.Start < end)
            {
                first = Math.Min(first, span.Start);
                last = Math.Max(last, span.Start);
            }
        }

        var bound = From is null ? long.MinValue : start;
        return first > last
            ? WindowPlan.Single(clock, 0, 0)
            : WindowPlan.Calendar(clock, Clock, Query.Window, first, last, bound, end, Query.MaxWindows);
    }

    /// <summary>Panes whose windows reach from the first event to an instant: the first and the last, by shift every one between.</summary>
    public IEnumerable<int> PanesUntil(long last)
    {
        if (!HasEvents)
        {
            yield break;
        }

        last = Math.Max(last, State.FirstEvent);
        for (var at = State.FirstEvent; at < last && (Query.Window == Window.Shift || at == State.FirstEvent); at = Panes.SpanOf(Panes.PaneOf(at)).End)
        {
            yield return Panes.PaneOf(at);
        }

        yield return Panes.PaneOf(last);
    }

    /// <summary>The last local day of a window.</summary>
    public int LastDay(in ReportWindow window) => Clock.DayOf(window.End - 1);

    /// <summary>Adds a table's quarantined rows to the arrival counts of their groups and windows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="level">The level of the groups.</param>
    /// <param name="plan">The windows.</param>
    /// <param name="at">The leaf and local day of a place in a window.</param>
    /// <param name="rowsOf">The arrival counts of a group in a window.</param>
    public void AddQuarantined(
        string table, GroupLevel level, WindowPlan plan, Func<PaneKey, int, (Leaf Leaf, int Day)> at, Func<int, int, EvidenceTotals> rowsOf)
    {
        foreach (var (place, reason, count) in QuarantinedOf(table))
        {
            var window = plan.Of(place.Pane);
            if (window < 0)
            {
                continue;
            }

            var (leaf, day) = at(place, window);
            foreach (var group in level.GroupsOf(leaf, day))
            {
                rowsOf(group, window).Quarantine(reason, count);
            }
        }
    }

    /// <summary>Quarantined rows of a table with their places.</summary>
    public IReadOnlyList<(PaneKey Place, QuarantineReason Reason, long Count)> QuarantinedOf(string table) =>
        _quarantined.GetValueOrDefault(TableCatalog.IndexOf(table)) ?? [];

    private static IReadOnlyList<GroupLevel> Asked(EngineContext engine, ShiftTrack? shift) => engine.Query.GroupBy.Count == 0
        ? [new GroupLevel(engine, 0, [], shift)]
        : [.. engine.Query.GroupBy.Select((level, i) => new GroupLevel(engine, i, level.Split(','), shift))];

    private static Dictionary<int, (PaneKey Place, QuarantineReason Reason, long Count)[]> Quarantined(EngineState state)
    {
        var rows = new List<(int Table, PaneKey Place, QuarantineReason Reason, long Count)>();
        for (var slot = 0; slot < state.Quarantined.Count; slot++)
        {
            var key = state.Quarantined.Keys[slot];
            rows.Add((key.Table, key.Place, key.Reason, state.Quarantined.Cells[slot].Count));
        }

        return rows.GroupBy(static row => row.Table)
            .ToDictionary(static group => group.Key, static group => group.Select(static row => (row.Place, row.Reason, row.Count)).ToArray());
    }
}
