using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Indicators.Binding;

namespace IndicatorCore.Indicators.State;

/// <summary>Radio samples in the order of time, by device (indicator-definitions 3.3): served ones that are valid, and unserved ones.</summary>
/// <param name="desk">What the worker's consumers share.</param>
/// <param name="hold">How long a sample holds at most, nanoseconds.</param>
internal sealed class SampleConsumer(FoldDesk desk, long hold) : RowConsumer(desk, "radio", countsArrivals: false)
{
    private readonly long _rsrp = desk.Context.Query.Profile.RsrpThreshold;
    private readonly long _sinr = desk.Context.Query.Profile.SinrThreshold;

    protected override bool Feeds(RowChunk chunk, int row) => chunk.Has(Lane.Cell) || chunk.Has(Lane.Rat)
        || chunk.Classes(Lane.Rsrp)[row] != ValueClass.Missing || chunk.Classes(Lane.Sinr)[row] != ValueClass.Missing;

    protected override byte Take(RowChunk chunk, int row)
    {
        var device = chunk.Keys(Lane.Device)[row];
        var isServed = (!chunk.Has(Lane.Cell) || chunk.Keys(Lane.Cell)[row] >= 0)
            && (!chunk.Has(Lane.Rat) || chunk.Keys(Lane.Rat)[row] != RadioAccess.Other);
        long sinr = 0, rsrp = 0;
        if (device < 0 || (isServed && (!TryValue(chunk, Lane.Rsrp, row, out rsrp) || !TryValue(chunk, Lane.Sinr, row, out sinr))))
        {
            return ValueClass.Missing;
        }

        var isCovered = isServed && rsrp >= _rsrp && sinr >= _sinr;
        State.Points[new PointKey(PointKind.Sample, LeafOf(row), device)].Add(new Point(chunk.Time[row], hold, isCovered ? 1 : 0));
        return ValueClass.Valid;
    }
}
