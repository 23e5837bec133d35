using IndicatorCore.Aggregation;
using IndicatorCore.Errors;

namespace IndicatorCore.Indicators.Reporting;

/// <summary>The windows of one indicator, ascending and disjoint, and where a pane falls (interface 3, Windows).</summary>
internal sealed class WindowPlan
{
    private readonly PaneClock _clock;
    private readonly Dictionary<int, int> _ofPane = [];

    private WindowPlan(PaneClock clock, IReadOnlyList<ReportWindow> windows)
    {
        _clock = clock;
        Windows = windows;
    }

    /// <summary>The windows.</summary>
    public IReadOnlyList<ReportWindow> Windows { get; }

    /// <summary>One window, or none when it would be empty.</summary>
    public static WindowPlan Single(PaneClock clock, long start, long end) =>
        new(clock, end > start ? [new ReportWindow(start, end, IsPartial: false)] : []);

    /// <summary>Calendar windows over <paramref name="start"/> to <paramref name="end"/>, those that contain a bound cut there.</summary>
    /// <param name="clock">Panes.</param>
    /// <param name="zone">The reporting zone.</param>
    /// <param name="window">The unit.</param>
    /// <param name="first">An instant in the first window.</param>
    /// <param name="last">An instant in the last window.</param>
    /// <param name="start">What counts starts here.</param>
    /// <param name="end">What counts ends here.</param>
    /// <param name="most">How many there may be.</param>
    /// <exception cref="LimitExceededException">There are more.</exception>
    public static WindowPlan Calendar(PaneClock clock, ReportingClock zone, Window window, long first, long last, long start, long end, int most)
    {
        var windows = new List<ReportWindow>();
        if (end > start)
        {
            var at = Floor(zone, window, Math.Max(first, start));
            var limit = Math.Min(last, end - 1);
            while (at <= limit)
            {
                var next = Next(zone, window, at);
                var (from, to) = (Math.Max(at, start), Math.Min(next, end));
                if (windows.Count == most)
                {
                    throw TooMany(zone, window, first, last, most);
                }

                if (to > from)
                {
                    windows.Add(new ReportWindow(from, to, from != at || to != next));
                }

                at = next;
            }
        }

        return new WindowPlan(clock, windows);
    }

    /// <summary>The windows of a shift over <paramref name="start"/> to <paramref name="end"/>, those that contain a bound cut there.</summary>
    /// <param name="clock">Panes.</param>
    /// <param name="zone">The reporting zone.</param>
    /// <param name="shift">The shift.</param>
    /// <param name="panes">The starts of panes with data: windows reach from the first with data to the last.</param>
    /// <param name="start">What counts starts here.</param>
    /// <param name="end">What counts ends here.</param>
    /// <param name="most">How many there may be.</param>
    /// <exception cref="LimitExceededException">There are more.</exception>
    public static WindowPlan Shifts(PaneClock clock, ReportingClock zone, ShiftTrack shift, IReadOnlyList<long> panes, long start, long end, int most)
    {
        var windows = new List<ReportWindow>();
        var (first, last) = (panes.Min(), panes.Max());
        for (var day = zone.DayOf(first) - 1; shift.SpanOf(zone, day) is var span && span.Start <= last; day++)
        {
            var (from, to) = (Math.Max(span.Start, start), Math.Min(span.End, end));
            if (to > from && to > first)
            {
                if (windows.Count == most)
                {
                    throw TooMany(zone, Window.Shift, first, last, most);
                }

                windows.Add(new ReportWindow(from, to, (from, to) != span));
            }
        }

        var plan = new WindowPlan(clock, windows);
        int[] met = [.. panes.Select(plan.At).Where(static window => window >= 0)];
        return new WindowPlan(clock, met.Length == 0 ? [] : windows[met.Min()..(met.Max() + 1)]);
    }

    /// <summary>The window that an instant is in, or -1.</summary>
    public int At(long instant)
    {
        var window = EndingAfter(instant);
        return window < Windows.Count && Windows[window].Start <= instant ? window : -1;
    }

    /// <summary>The first window that ends after an instant; their number where none does.</summary>
    public int EndingAfter(long instant)
    {
        int low = 0, high = Windows.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Windows[middle].End <= instant)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>The window of a pane, or -1. Panes never straddle a bound, but for the open ends of whole spans, where no data lies.</summary>
    public int Of(int pane)
    {
        if (!_ofPane.TryGetValue(pane, out var window))
        {
            var (start, end) = _clock.SpanOf(pane);
            window = -1;
            int low = 0, high = Windows.Count - 1;
            while (low <= high)
            {
                var middle = (low + high) / 2;
                if (end <= Windows[middle].Start)
                {
                    high = middle - 1;
                }
                else if (start >= Windows[middle].End)
                {
                    low = middle + 1;
                }
                else
                {
                    window = middle;
                    break;
                }
            }

            _ofPane.Add(pane, window);
        }

        return window;
    }

    private static LimitExceededException TooMany(ReportingClock zone, Window window, long first, long last, int most) => new(
        $"Events from {ReportingClock.DateOf(zone.DayOf(first)):yyyy-MM-dd} to {ReportingClock.DateOf(zone.DayOf(last)):yyyy-MM-dd} make more than {most} windows by {window.ToString().ToLowerInvariant()} (MaxWindows)",
        advice: "If a time is far off, bound event times with 'plausible' in a source profile, or the report with --from and --to; else use longer windows.");

    private static long Floor(ReportingClock clock, Window window, long instant)
    {
        var day = clock.DayOf(instant);
        if (window == Window.Hour)
        {
            var midnight = clock.StartOf(day);
            return midnight + ((instant - midnight) / ReportingClock.Hour * ReportingClock.Hour);
        }

        var date = ReportingClock.DateOf(day);
        return clock.StartOf(ReportingClock.NumberOf(window switch
        {
            Window.Week => date.AddDays(-(((int)date.DayOfWeek + 6) % 7)),   // ISO weeks begin on Monday
            Window.Month => new DateOnly(date.Year, date.Month, 1),
            Window.Quarter => new DateOnly(date.Year, ((date.Month - 1) / 3 * 3) + 1, 1),
            Window.Year => new DateOnly(date.Year, 1, 1),
            _ => date,
        }));
    }

    private static long Next(ReportingClock clock, Window window, long start)
    {
        var day = clock.DayOf(start);
        if (window == Window.Hour)
        {
            return Math.Min(start + ReportingClock.Hour, clock.StartOf(day + 1));
        }

        var date = ReportingClock.DateOf(day);
        return clock.StartOf(ReportingClock.NumberOf(window switch
        {
            Window.Week => date.AddDays(7),
            Window.Month => date.AddMonths(1),
            Window.Quarter => date.AddMonths(3),
            Window.Year => date.AddYears(1),
            _ => date.AddDays(1),
        }));
    }
}
