using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;

namespace IndicatorCore.Indicators.State;

/// <summary>Readings of counters by object, counter and direction (indicator-definitions 6).</summary>
/// <param name="desk">What the worker's consumers share.</param>
internal sealed class CounterConsumer(FoldDesk desk) : RowConsumer(desk, "counter", countsArrivals: true)
{
    protected override bool Feeds(RowChunk chunk, int row) => chunk.Classes(Lane.Bytes)[row] != ValueClass.Missing;

    protected override byte Take(RowChunk chunk, int row)
    {
        if (Key(chunk, Lane.Object, row) is not (>= 0 and var counted))
        {
            return ValueClass.Missing;
        }

        if (!TryValue(chunk, Lane.Bytes, row, out var bytes))
        {
            return chunk.Classes(Lane.Bytes)[row];
        }

        TryValue(chunk, Lane.CounterBits, row, out var bits);
        TryValue(chunk, Lane.Capacity, row, out var capacity);
        State.Points[new PointKey(PointKind.Counter, LeafOf(row), -1, counted, Key(chunk, Lane.Counter, row), Key(chunk, Lane.Direction, row))]
            .Add(new Point(chunk.Time[row], bytes, bits, capacity));
        return ValueClass.Valid;
    }
}
