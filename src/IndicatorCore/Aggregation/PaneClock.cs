namespace IndicatorCore.Aggregation;

/// <summary>
/// Instants to panes, the finest spans that state is kept at: local days, or their hours, cut further at instants that no
/// midnight meets (decisions D3). Windows are unions of panes. One per worker: it remembers the pane last asked for.
/// </summary>
internal sealed class PaneClock
{
    private const int HoursPerDay = 25;   // a day with the clock set back has 25

    private readonly ReportingClock _clock;
    private readonly bool _hours;
    private readonly long[] _cuts;
    private readonly int _segments;
    private long _start = 1;
    private long _end;
    private int _pane;

    /// <summary>Makes the clock.</summary>
    /// <param name="clock">The reporting zone.</param>
    /// <param name="hours">Whether panes are hours instead of days.</param>
    /// <param name="cuts">Instants inside days at which panes end, ascending.</param>
    public PaneClock(ReportingClock clock, bool hours, long[] cuts)
    {
        _clock = clock;
        _hours = hours;
        _cuts = cuts;
        _segments = cuts.Length + 1;
    }

    /// <summary>The pane of an instant.</summary>
    public int PaneOf(long timestamp) => timestamp >= _start && timestamp < _end ? _pane : Locate(timestamp);

    /// <summary>The local day of a pane.</summary>
    public int DayOf(int pane) => FloorDivide(FloorDivide(pane, _segments), _hours ? HoursPerDay : 1);

    /// <summary>The span of a pane: start inclusive, end exclusive.</summary>
    public (long Start, long End) SpanOf(int pane)
    {
        var segment = pane - (FloorDivide(pane, _segments) * _segments);
        var day = DayOf(pane);
        var (start, end) = (_clock.StartOf(day), _clock.StartOf(day + 1));
        if (_hours)
        {
            var hour = FloorDivide(pane, _segments) - (day * HoursPerDay);
            start += hour * ReportingClock.Hour;
            end = Math.Min(end, start + ReportingClock.Hour);
        }

        return (segment == 0 ? start : Math.Max(start, _cuts[segment - 1]), segment == _cuts.Length ? end : Math.Min(end, _cuts[segment]));
    }

    private static int FloorDivide(int value, int divisor) => (int)Math.Floor((double)value / divisor);

    private int Locate(long timestamp)
    {
        var day = _clock.DayOf(timestamp);
        var part = 0;
        if (_hours)
        {
            part = (day * HoursPerDay) + (int)((timestamp - _clock.StartOf(day)) / ReportingClock.Hour);
        }
        else
        {
            part = day;
        }

        var segment = 0;
        while (segment < _cuts.Length && timestamp >= _cuts[segment])
        {
            segment++;
        }

        _pane = (part * _segments) + segment;
        (_start, _end) = SpanOf(_pane);
        return _pane;
    }
}
