using IndicatorCore.Aggregation;
using IndicatorCore.Errors;

namespace IndicatorCore.Indicators;

/// <summary>
/// How finely state is kept, and for which indicators: what decides which reports can be made of it (decisions D3). Groups, windows and the
/// reference date of a report are chosen among what the grain holds; anything finer is refused.
/// </summary>
public sealed record StateGrain
{
    /// <summary>How finely time is cut.</summary>
    public StatePanes Panes { get; init; } = StatePanes.Day;

    /// <summary>Whether state is kept by device, and not only by factory, workshop and line.</summary>
    public bool ByDevice { get; init; }

    /// <summary>Whether state is kept by product also where no phase needs that.</summary>
    public bool ByProduct { get; init; }

    /// <summary>Further instants at which panes end, UTC nanoseconds since 1970, ascending.</summary>
    public IReadOnlyList<long> Cuts { get; init; } = [];

    /// <summary>The definitions that state is kept for, such as <c>cov_sample@1</c>; empty = those that the query selects.</summary>
    public IReadOnlyList<string> Definitions { get; init; } = [];

    /// <summary>
    /// The grain of a state that is to outlive its query: local days, or hours where the query's windows are hours; by device and product
    /// where a level of the query names them.
    /// </summary>
    /// <param name="query">The query; its zone is known.</param>
    /// <exception cref="ConfigurationException">The query's zone is unknown.</exception>
    public static StateGrain For(IndicatorQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var clock = new ReportingClock(QueryCheck.Zone(query));
        return Leaves(query) with { Panes = query.Window switch { Window.Hour => StatePanes.Hour, Window.Shift => StatePanes.Shift, _ => StatePanes.Day }, Cuts = QueryCheck.Cuts(query, clock) };
    }

    /// <summary>The grain that a query needs and no more: what no calendar window asks for is kept by whole spans.</summary>
    /// <param name="query">The query.</param>
    /// <param name="clock">The reporting zone.</param>
    /// <param name="borders">The days on which lines or factories of the registry change.</param>
    internal static StateGrain Least(IndicatorQuery query, ReportingClock clock, IReadOnlyList<int> borders)
    {
        // where --last begins may be known only at the end
        if (query.Window is not (Window.Default or Window.All) || query.Last is not null)
        {
            return For(query);
        }

        var cuts = new SortedSet<long>(Bounds(query, clock).Select(static bound => bound.Instant));
        cuts.UnionWith(borders.Where(static day => day is not (int.MinValue or int.MaxValue)).Select(clock.StartOf));
        return Leaves(query) with { Panes = StatePanes.Span, Cuts = [.. cuts] };
    }

    /// <summary>The cuts inside local days.</summary>
    internal long[] CutsOfDays(ReportingClock clock) => [.. Cuts.Where(cut => clock.StartOf(clock.DayOf(cut)) != cut)];

    /// <summary>Refuses a query that asks for more than is held.</summary>
    /// <param name="query">The query.</param>
    /// <param name="clock">The reporting zone.</param>
    /// <exception cref="StateMismatchException">It does; the message says what, and how the state would have to be made.</exception>
    internal void CheckServes(IndicatorQuery query, ReportingClock clock)
    {
        var needed = Leaves(query);
        if (needed.ByDevice && !ByDevice)
        {
            throw Coarser("by line, and a group or condition names devices", "--by device");
        }

        if (needed.ByProduct && !ByProduct)
        {
            throw Coarser("without products, and a group names them", "--by product");
        }

        if (query.Window == Window.Hour && Panes != StatePanes.Hour)
        {
            throw Coarser("by day, and windows of an hour are finer", "--window hour");
        }

        if (query.Window == Window.Shift && Panes != StatePanes.Shift)
        {
            throw Coarser("without regard to shifts", "--window shift");
        }

        if (Panes == StatePanes.Span && query.Last is not null)
        {
            throw Coarser("by whole spans, and --last counts days", "'indicators partial', which keeps days");
        }

        if (Panes == StatePanes.Span && query.Window is not (Window.Default or Window.All))
        {
            throw Coarser($"by whole spans, and windows of a {query.Window.ToString().ToLowerInvariant()} are finer", "'indicators partial', which keeps days");
        }

        foreach (var (option, instant) in Bounds(query, clock))
        {
            if (!Cuts.Contains(instant) && !IsBorder(instant, clock))
            {
                throw Coarser($"in panes that do not end at {InstantText.Format(instant, clock.Zone)}, which {option} names", $"{option} of that instant, or use a border of its panes");
            }
        }
    }

    private static StateGrain Leaves(IndicatorQuery query)
    {
        var levels = query.GroupBy.SelectMany(static level => level.Split(',')).ToHashSet(StringComparer.Ordinal);
        return new StateGrain
        {
            ByDevice = levels.Contains("device") || query.Where.Any(static pair => pair.Key == "device"),
            ByProduct = levels.Contains("product"),
        };
    }

    private static IEnumerable<(string Option, long Instant)> Bounds(IndicatorQuery query, ReportingClock clock)
    {
        foreach (var (option, bound) in new[] { ("--from", query.From), ("--to", query.To) })
        {
            if (bound is { } known)
            {
                yield return (option, known.Date is { } date ? clock.StartOf(ReportingClock.NumberOf(date)) : ReportingClock.Nanoseconds(known.Instant!.Value));
            }
        }

        if (query.AsOf is { } asOf)
        {
            yield return ("--as-of", clock.StartOf(clock.DayOf(ReportingClock.Nanoseconds(asOf))));
        }
    }

    private static StateMismatchException Coarser(string problem, string how) =>
        new($"The state is kept {problem}", advice: $"Make the state with {how}, or ask for less.");

    private bool IsBorder(long instant, ReportingClock clock)
    {
        var midnight = clock.StartOf(clock.DayOf(instant));
        return Panes switch
        {
            StatePanes.Span => false,
            StatePanes.Hour => (instant - midnight) % ReportingClock.Hour == 0,
            _ => instant == midnight,
        };
    }
}
