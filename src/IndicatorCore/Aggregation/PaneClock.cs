using IndicatorCore.Kernels;

namespace IndicatorCore.Aggregation;

/// <summary>
/// Instants to panes, the finest spans that state is kept at: local days, their hours, or their parts between the borders of shifts, cut further at instants that no
/// midnight meets (decisions D3), or whole spans between cuts where no calendar is asked for. Windows are unions of panes. One per worker: it remembers the pane last asked for.
/// </summary>
internal sealed class PaneClock
{
    private const int HoursPerDay = 25;   // a day with the clock set back has 25
    private const long QuarterHour = ReportingClock.Hour / 4;
    private const long MostQuarters = 1 << 18;                     // seven years
    private const long Since1950 = -7_305 * ReportingClock.Day;

    // of whole spans: the reference date is a midnight that is known only at the end, and what happens at it is outside every
    // window, so each midnight's instant is a pane of its own
    private const int MidnightPanes = int.MinValue / 2;

    private readonly ReportingClock _clock;
    private readonly PaneGrain _grain;
    private readonly long[] _cuts;
    private readonly TimeSpan[] _borders;
    private readonly int _parts;   // of a day
    private readonly int _segments;
    private long _start = 1;
    private long _end;
    private int _pane;
    private long _gridStart;
    private int[] _grid = [];   // the pane of each quarter of an hour from there on
    private bool _isGridless;   // a pane ends inside a quarter

    /// <summary>Makes the clock.</summary>
    /// <param name="clock">The reporting zone.</param>
    /// <param name="grain">How finely time is cut.</param>
    /// <param name="cuts">Further instants at which panes end, ascending.</param>
    /// <param name="borders">Of <see cref="PaneGrain.Shift"/>: the times of day at which panes end, ascending, above 0 and below 24 hours.</param>
    public PaneClock(ReportingClock clock, PaneGrain grain, long[] cuts, TimeSpan[]? borders = null)
    {
        _clock = clock;
        _grain = grain;
        _cuts = cuts;
        _segments = cuts.Length + 1;
        _borders = grain == PaneGrain.Shift ? borders ?? [] : [];
        _parts = grain == PaneGrain.Hour ? HoursPerDay : _borders.Length + 1;
    }

    /// <summary>The pane of an instant.</summary>
    public int PaneOf(long timestamp)
    {
        if (_grain == PaneGrain.Whole && IsMidnight(timestamp))
        {
            return MidnightPanes + _clock.DayOf(timestamp);
        }

        return timestamp >= _start && timestamp < _end ? _pane : Locate(timestamp);
    }

    /// <summary>
    /// The pane in which a row is counted that was set aside: it may lie behind the last accepted event, hence behind the reference date, so of
    /// whole spans it is the midnight before it, which windows tell apart; where a cut lies between the two, the pane of the instant.
    /// </summary>
    public int AsidePaneOf(long timestamp)
    {
        var day = _clock.DayOf(timestamp);
        var midnight = _clock.StartOf(day);
        return _grain == PaneGrain.Whole && !Array.Exists(_cuts, cut => cut > midnight && cut <= timestamp) ? MidnightPanes + day : PaneOf(timestamp);
    }

    /// <summary>The panes of many instants at once, of days or hours; false when they must be asked for one by one.</summary>
    /// <param name="instants">The instants, at least one.</param>
    /// <param name="first">The least of them.</param>
    /// <param name="last">The greatest of them.</param>
    /// <param name="panes">As long as <paramref name="instants"/>.</param>
    public bool PanesOf(ReadOnlySpan<long> instants, long first, long last, Span<int> panes)
    {
        var pane = PaneOf(first);
        if (last < _end)
        {
            panes.Fill(pane);
            return true;
        }

        if (!CoverGrid(first, last))
        {
            return false;
        }

        PaneKernel.Divide(instants, _gridStart, QuarterHour, 0, panes);
        GatherKernel.Remap<int>(panes, _grid, default, panes);
        return true;
    }

    /// <summary>The local day of a pane; of a pane of many days one on which the registry says what it says on all of them.</summary>
    public int DayOf(int pane)
    {
        if (_grain == PaneGrain.Whole)
        {
            return pane < 0 ? pane - MidnightPanes : pane > 0 ? _clock.DayOf(_cuts[pane - 1]) : _cuts.Length > 0 ? _clock.DayOf(_cuts[0]) - 1 : 0;
        }

        return FloorDivide(FloorDivide(pane, _segments), _parts);
    }

    /// <summary>The span of a pane: start inclusive, end exclusive.</summary>
    public (long Start, long End) SpanOf(int pane)
    {
        var segment = pane - (FloorDivide(pane, _segments) * _segments);
        if (_grain == PaneGrain.Whole && pane < 0)
        {
            var midnight = _clock.StartOf(DayOf(pane));
            return (midnight, midnight + 1);
        }

        if (_grain == PaneGrain.Whole)
        {
            return (segment == 0 ? long.MinValue : _cuts[segment - 1], segment == _cuts.Length ? long.MaxValue : _cuts[segment]);
        }

        var day = DayOf(pane);
        var (start, end) = (_clock.StartOf(day), _clock.StartOf(day + 1));
        var part = FloorDivide(pane, _segments) - (day * _parts);
        if (_grain == PaneGrain.Hour)
        {
            start += part * ReportingClock.Hour;
            end = Math.Min(end, start + ReportingClock.Hour);
        }
        else if (_grain == PaneGrain.Shift)
        {
            (start, end) = (part == 0 ? start : BorderOf(day, part - 1), part == _borders.Length ? end : BorderOf(day, part));
        }

        return (segment == 0 ? start : Math.Max(start, _cuts[segment - 1]), segment == _cuts.Length ? end : Math.Min(end, _cuts[segment]));
    }

    /// <summary>The pane of a span, or null when this clock has no such pane: the span is of other cuts, or another zone.</summary>
    public int? PaneOf(long start, long end)
    {
        var isMidnight = _grain == PaneGrain.Whole && start != long.MinValue && end == start + 1;
        var pane = isMidnight ? PaneOf(start) : Locate(start);
        return SpanOf(pane) == (start, end) ? pane : null;
    }

    private long BorderOf(int day, int border) => _clock.InstantOf(day, _borders[border]);

    private static int FloorDivide(int value, int divisor) => (int)Math.Floor((double)value / divisor);

    // zones have kept to quarters of an hour since 1950; before that every instant is looked at
    private bool IsMidnight(long timestamp) =>
        (timestamp % QuarterHour == 0 || timestamp < Since1950) && _clock.StartOf(_clock.DayOf(timestamp)) == timestamp;

    // panes of modern zones begin at quarters of an hour, which makes them a table: instants in any order cost a division and a look
    private bool CoverGrid(long first, long last)
    {
        if (_grid.Length > 0 && first >= _gridStart && (last - _gridStart) / QuarterHour < _grid.Length)
        {
            return true;
        }

        if (_isGridless || _grain == PaneGrain.Whole || first < Since1950)
        {
            return false;
        }

        var start = Math.Min(first, _grid.Length > 0 ? _gridStart : first) / QuarterHour * QuarterHour;
        start = Math.Max(start - (start % QuarterHour < 0 ? QuarterHour : 0) - ReportingClock.Day, Since1950);
        var end = Math.Max(last, _grid.Length > 0 ? _gridStart + (_grid.Length * QuarterHour) : last);
        var length = ((end - start) / QuarterHour * 5 / 4) + 97;   // with room, so that later data seldom need a new one
        if (length > MostQuarters || start > long.MaxValue - ((length + 1) * QuarterHour))
        {
            return false;
        }

        var grid = new int[length];
        for (var at = 0L; at < length;)
        {
            grid[at] = PaneOf(start + (at * QuarterHour));
            var next = Math.Min(_end, start + (length * QuarterHour));
            if ((next - start) % QuarterHour != 0)
            {
                _isGridless = true;
                return false;
            }

            var until = (next - start) / QuarterHour;
            grid.AsSpan((int)at, (int)(until - at)).Fill(grid[at]);
            at = until;
        }

        (_gridStart, _grid) = (start, grid);
        return true;
    }

    private int Locate(long timestamp)
    {
        var part = 0;
        if (_grain != PaneGrain.Whole)
        {
            part = _clock.DayOf(timestamp);
            if (_grain == PaneGrain.Hour)
            {
                part = (part * HoursPerDay) + (int)((timestamp - _clock.StartOf(part)) / ReportingClock.Hour);
            }
            else if (_grain == PaneGrain.Shift)
            {
                var day = part;
                part *= _parts;
                for (var border = 0; border < _borders.Length && BorderOf(day, border) <= timestamp; border++)
                {
                    part++;
                }
            }
        }

        var found = Array.BinarySearch(_cuts, timestamp);   // at a cut, or the complement of the next one's place
        _pane = (part * _segments) + (found < 0 ? ~found : found + 1);
        (_start, _end) = SpanOf(_pane);
        return _pane;
    }
}
