using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;

namespace IndicatorCore.Indicators.State;

/// <summary>Packets that came within their deadline, and what was still in flight at the ends of panes (indicator-definitions 6).</summary>
/// <param name="desk">What the worker's consumers share.</param>
internal sealed class DeadlineConsumer(FoldDesk desk) : RowConsumer(desk, "probe", countsArrivals: false)
{
    private readonly PaneClock _clock = desk.Context.NewPaneClock();
    private long _start = 1;
    private long _end;

    protected override bool Feeds(RowChunk chunk, int row) =>
        IsLost(chunk, row) || (chunk.Has(Lane.Latency) && chunk.Classes(Lane.Latency)[row] != ValueClass.Missing);

    // a deadline and a latency at 10⁻⁶ ms are nanoseconds
    protected override byte Take(RowChunk chunk, int row)
    {
        var isLost = IsLost(chunk, row) || !chunk.Has(Lane.Latency) || chunk.Classes(Lane.Latency)[row] == ValueClass.Missing;
        var latency = 0L;
        if (!TryValue(chunk, Lane.Deadline, row, out var deadline) || (!isLost && !TryValue(chunk, Lane.Latency, row, out latency)))
        {
            return ValueClass.Missing;
        }

        var time = chunk.Time[row];
        var isOneWay = TryValue(chunk, Lane.OneWay, row, out var oneWay) && oneWay != 0;
        var leaf = isOneWay ? LeafOf(row) with { Device = Key(chunk, Lane.Device, row) } : LeafOf(row);
        ref var cell = ref (isOneWay ? State.OneWayDeadlines : State.Deadlines)[new DeadlineKey(new PaneKey(leaf, Desk.SpanPaneOf(time)), Until(time, deadline))];
        cell.Sent++;
        cell.InTime += !isLost && latency <= deadline ? 1 : 0;
        return ValueClass.Valid;
    }

    private static bool IsLost(RowChunk chunk, int row) => TryValue(chunk, Lane.Lost, row, out var lost) && lost != 0;

    private long Until(long time, long deadline)
    {
        if (time < _start || time >= _end)
        {
            (_start, _end) = _clock.SpanOf(_clock.PaneOf(time));
        }

        var due = time > long.MaxValue - deadline ? long.MaxValue : time + deadline;
        return due <= _end ? long.MinValue : _clock.SpanOf(_clock.PaneOf(due - 1)).Start;
    }
}
