using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;

namespace IndicatorCore.Indicators.State;

/// <summary>Sessions of devices (indicator-definitions 6); one without an end, or that ends before it starts, is none.</summary>
/// <param name="desk">What the worker's consumers share.</param>
internal sealed class SessionConsumer(FoldDesk desk) : RowConsumer(desk, "session", countsArrivals: true)
{
    protected override bool Feeds(RowChunk chunk, int row) => chunk.Classes(Lane.End)[row] != ValueClass.Missing;

    protected override byte Take(RowChunk chunk, int row)
    {
        if (Key(chunk, Lane.Device, row) is not (>= 0 and var device))
        {
            return ValueClass.Missing;
        }

        if (!TryValue(chunk, Lane.End, row, out var end))
        {
            return chunk.Classes(Lane.End)[row];
        }

        var start = chunk.Time[row];
        if (end < start)
        {
            return ValueClass.Invalid;
        }

        var session = Key(chunk, Lane.Session, row);
        State.Sessions[new SessionKey(LeafOf(row), device, session, session < 0 ? start : 0, session < 0 ? end : 0)].Merge(new SessionCell(start, end));
        return ValueClass.Valid;
    }
}
