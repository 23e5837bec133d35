using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;

namespace IndicatorCore.Indicators.State;

/// <summary>Sequence numbers of probes by flow and device (indicator-definitions 6); a lost one was sent all the same.</summary>
/// <param name="desk">What the worker's consumers share.</param>
/// <param name="bits">The width of the numbers; 0 = not known.</param>
internal sealed class PacketConsumer(FoldDesk desk, int bits) : RowConsumer(desk, "probe", countsArrivals: false)
{
    protected override bool Feeds(RowChunk chunk, int row) =>
        IsLost(chunk, row) || (chunk.Has(Lane.Latency) && chunk.Classes(Lane.Latency)[row] != ValueClass.Missing);

    protected override byte Take(RowChunk chunk, int row)
    {
        if (!TryValue(chunk, Lane.Sequence, row, out var number))
        {
            return ValueClass.Missing;
        }

        // a latency that is NaN or invalid was measured badly: the packet came all the same
        var isReceived = !IsLost(chunk, row) && chunk.Has(Lane.Latency) && chunk.Classes(Lane.Latency)[row] != ValueClass.Missing;
        State.Points[new PointKey(PointKind.Packet, LeafOf(row), Key(chunk, Lane.Device, row), Key(chunk, Lane.Flow, row))]
            .Add(new Point(chunk.Time[row], number, isReceived ? 1 : 0, bits));
        return ValueClass.Valid;
    }

    private static bool IsLost(RowChunk chunk, int row) => TryValue(chunk, Lane.Lost, row, out var lost) && lost != 0;
}
