using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;

namespace IndicatorCore.Indicators.State;

/// <summary>When each device was online: from every heartbeat on for as long as the source says (indicator-definitions 2.1).</summary>
/// <param name="desk">What the worker's consumers share.</param>
/// <param name="timeout">How long a heartbeat lasts, nanoseconds.</param>
internal sealed class HeartbeatConsumer(FoldDesk desk, long timeout) : RowConsumer(desk, "connectivity", countsArrivals: true)
{
    protected override bool Feeds(RowChunk chunk, int row) => chunk.Keys(Lane.Device)[row] >= 0;

    protected override byte Take(RowChunk chunk, int row)
    {
        var device = chunk.Keys(Lane.Device)[row];
        var online = 1L;
        if (device < 0 || (chunk.Has(Lane.Online) && !TryValue(chunk, Lane.Online, row, out online)))
        {
            return ValueClass.Missing;
        }

        var time = chunk.Time[row];
        if (online != 0 && timeout > 0)
        {
            var end = time > long.MaxValue - timeout ? long.MaxValue : time + timeout;
            State.Points[new PointKey(PointKind.Heartbeat, LeafOf(row), device)].Add(new Point(time, end));
        }

        return ValueClass.Valid;
    }
}
