using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.State;

/// <summary>Connectivity rows: until when each device is online by its heartbeats, each of which holds for the source's timeout (indicator-definitions 2.1).</summary>
/// <param name="desk">The worker's.</param>
/// <param name="timeout">The heartbeat timeout, nanoseconds.</param>
internal sealed class OnlineConsumer(FoldDesk desk, long timeout) : ITableConsumer
{
    /// <inheritdoc/>
    public void Consume(RowChunk chunk, bool isTelemetry)
    {
        var devices = chunk.Keys(Lane.Device);
        var online = chunk.Has(Lane.Online) ? chunk.Values(Lane.Online) : null;
        var known = online is null ? default : chunk.Valid(Lane.Online);
        var (at, instants) = (int.MinValue, (DeviceInstants?)null);
        for (var row = 0; row < chunk.Length; row++)
        {
            var isEvidence = (chunk.Accepted[row >> 6] >> (row & 63) & 1) != 0 && devices[row] >= 0
                && (online is null || ((known[row >> 6] >> (row & 63) & 1) != 0 && online[row] != 0));
            if (!isEvidence)
            {
                continue;
            }

            var pane = desk.SpanPaneOf(chunk.Time[row]);
            if (pane != at || instants is null)
            {
                (at, instants) = (pane, desk.State.OnlineOf(pane));
            }

            instants.Add(devices[row], chunk.Time[row] > long.MaxValue - timeout ? long.MaxValue : chunk.Time[row] + timeout);
        }
    }

    /// <inheritdoc/>
    public void Settle()
    {
        // nothing is held back
    }

    /// <inheritdoc/>
    public void Free()
    {
        // nothing is kept
    }
}
