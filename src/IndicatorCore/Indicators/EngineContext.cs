using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.State;
using IndicatorCore.Indicators.State.Rows;
using IndicatorCore.Indicators.UserDefined;
using IndicatorCore.Ipc;
using IndicatorCore.Spilling;

namespace IndicatorCore.Indicators;

/// <summary>What all workers of one engine share and none changes, apart from the key tables.</summary>
internal sealed class EngineContext
{
    public required IndicatorQuery Query { get; init; }

    public required ReportingClock Clock { get; init; }

    public required KeySpaces Keys { get; init; }

    public required MemoryBudget Budget { get; init; }

    /// <summary>The query's limits, a batch's memory bounded by the budget too.</summary>
    public IpcReaderOptions ReaderOptions => Query.Reading with
    {
        MaxBatchBytes = Math.Min(Query.Reading.MaxBatchBytes, Math.Max(64, Budget.Limit)),
        MaxReaderBytes = Math.Min(Query.Reading.MaxReaderBytes, Math.Max(64, Budget.Limit)),
        IsMemoryBudget = Budget.Limit <= Math.Min(Query.Reading.MaxBatchBytes, Query.Reading.MaxReaderBytes),
    };

    /// <summary>The registry by numbers, or null when none was given.</summary>
    public RegistryIndex? Registry { get; init; }

    /// <summary>What is kept for user-defined indicators.</summary>
    public IReadOnlyList<UserPlan> UserPlans { get; init; } = [];

    /// <summary>How many lanes they have.</summary>
    public int UserLanes => UserPlans.Sum(static plan => plan.Lanes.Count(RowChunk.IsUserLane) + plan.Feeds.Count(static feed => RowChunk.IsUserLane(feed.Lane)));

    /// <summary>Which states are kept.</summary>
    public required TableNeeds Needs { get; init; }

    /// <summary>How finely state is kept.</summary>
    public required StateGrain Grain { get; init; }

    /// <summary>Whether leaves name devices.</summary>
    public bool ByDevice => Grain.ByDevice;

    /// <summary>Whether leaves name products where no phase needs it.</summary>
    public bool ByProduct => Grain.ByProduct;

    /// <summary>Whether panes are hours.</summary>
    public bool ByHour => Grain.Panes == StatePanes.Hour;

    /// <summary>Where its state comes from.</summary>
    public StateOrigin Origin { get; init; } = new();

    /// <summary>The shifts that state and windows are cut by, or null.</summary>
    public ShiftCalendar? Shifts { get; init; }

    /// <summary>The panes that a day has at most, but for further cuts.</summary>
    public int PanesPerDay => Grain.Panes switch { StatePanes.Hour => 24, StatePanes.Shift => (Shifts?.Borders.Length ?? 0) + 1, _ => 1 };

    /// <summary>Where quarantined rows go besides the counts, or null; set before anything is read.</summary>
    public QuarantineTap? Quarantine { get; set; }

    /// <summary>Where state goes that the budget does not hold.</summary>
    public SpillSpace Spill { get; init; } = new(null);

    /// <summary>The most bytes of points that a state keeps in memory, where that is less than its share of the budget.</summary>
    public long MostPoints { get; set; } = long.MaxValue;

    /// <summary>What stores of kept rows share under <c>--dedup rows</c>, else null.</summary>
    public RowSpace? Rows { get; set; }

    /// <summary>Instants inside days at which panes end, ascending.</summary>
    public long[] Cuts => field ??= Grain.CutsOfDays(Clock);

    /// <summary>The same with another budget and nobody who takes quarantined rows: what is folded by it counts nowhere.</summary>
    public EngineContext ForSample(MemoryBudget budget) => new()
    {
        Query = Query,
        Clock = Clock,
        Keys = Keys,
        Budget = budget,
        Spill = Spill,
        Registry = Registry,
        UserPlans = UserPlans,
        Needs = Needs,
        Grain = Grain,
        Shifts = Shifts,
    };

    /// <summary>An empty state.</summary>
    public EngineState NewState() => new(this);

    /// <summary>A clock for panes; each worker takes its own.</summary>
    public PaneClock NewPaneClock() => Grain.Panes switch
    {
        StatePanes.Hour => new(Clock, PaneGrain.Hour, Cuts),
        StatePanes.Shift => new(Clock, PaneGrain.Shift, Cuts, Shifts?.Borders),
        _ => new(Clock, PaneGrain.Day, Cuts),
    };

    /// <summary>Whether <see cref="NewSpanClock"/> is of whole spans.</summary>
    public bool KeepsSpans => Grain.Panes == StatePanes.Span;

    /// <summary>
    /// A clock for states that no phase and no count of days needs by day: without a calendar window they may be kept by whole spans,
    /// cut where the window begins or ends and where the registry changes.
    /// </summary>
    public PaneClock NewSpanClock() => KeepsSpans ? new(Clock, PaneGrain.Whole, [.. Grain.Cuts]) : NewPaneClock();
}
