using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.State;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.Reporting;

/// <summary>What definitions make their rows from.</summary>
internal sealed class ReportContext
{
    private readonly Dictionary<int, (PaneKey Place, QuarantineReason Reason, long Count)[]> _quarantined;

    public ReportContext(EngineContext engine, EngineState state)
        : this(engine, state, engine.Query.Profile, Asked(engine), whole: null)
    {
    }

    private ReportContext(EngineContext engine, EngineState state, DefinitionProfile profile, IReadOnlyList<GroupLevel> levels, ReportContext? whole)
    {
        _whole = whole ?? this;
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
        _quarantined = Quarantined(state);
    }

    private readonly Dictionary<object, object> _shared = [];
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

    public IndicatorQuery Query => Engine.Query;

    /// <summary>The threads that pieces of the report may be computed on.</summary>
    public int Threads => Query.Threads ?? Environment.ProcessorCount;

    /// <summary>Thresholds and floors.</summary>
    public DefinitionProfile Profile { get; }

    /// <summary>The same state at other levels, no figure of which is kept back: what disclosure control weighs.</summary>
    /// <param name="levels">The levels.</param>
    public ReportContext WithoutFloors(IReadOnlyList<GroupLevel> levels) => new(Engine, State, Profile.WithoutFloors(), levels, _whole);

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
    public ReportContext WithoutIntervals(IReadOnlyList<GroupLevel> levels) => new(Engine, State, Profile with { MinimumIntervalDays = int.MaxValue }, levels, _whole);

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
        if (Query.To is { } to)
        {
            end = Math.Min(end, Instant(to));   // a window that contains R is cut at R
        }

        var isDefault = Query.Window == Window.Default && defaultDays is not null;
        var start = Query.From is { } from ? Instant(from)
            : isDefault ? Clock.StartOf(reference - defaultDays!.Value)
            : HasEvents ? Clock.StartOf(Clock.DayOf(State.FirstEvent))
            : end;
        if (Query.Window is Window.Default or Window.All)
        {
            return WindowPlan.Single(clock, start, end);
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

        var bound = Query.From is null ? long.MinValue : start;
        return first > last
            ? WindowPlan.Single(clock, 0, 0)
            : WindowPlan.Calendar(clock, Clock, Query.Window, first, last, bound, end, Query.MaxWindows);
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

    private static IReadOnlyList<GroupLevel> Asked(EngineContext engine) => engine.Query.GroupBy.Count == 0
        ? [new GroupLevel(engine, 0, [])]
        : [.. engine.Query.GroupBy.Select((level, i) => new GroupLevel(engine, i, level.Split(',')))];

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
