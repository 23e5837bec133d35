using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Indicators.Binding;

namespace IndicatorCore.Indicators.State;

/// <summary>Stops of lines: the set of their intervals, folded when the report is made (indicator-definitions 1.8 and 7).</summary>
internal sealed class DowntimeConsumer(FoldDesk desk, bool isFirst) : TimedValueConsumer(desk, "downtime", Lane.DowntimeEnd, isFirst)
{
    protected override TimedValueStore Store => State.Support.Stops;

    protected override byte Class(RowChunk chunk, int row, out TimedValue point)
    {
        var kind = chunk.Has(Lane.DowntimeKind) ? chunk.Keys(Lane.DowntimeKind)[row] : DowntimeKind.Failure;
        var valueClass = chunk.Has(Lane.DowntimeEnd) ? chunk.Classes(Lane.DowntimeEnd)[row] : ValueClass.Missing;
        point = default;
        if (kind < 0 || valueClass is ValueClass.Missing or ValueClass.NotANumber)
        {
            return ValueClass.Missing;
        }

        if (kind == DowntimeKind.Unknown || valueClass != ValueClass.Valid || chunk.Values(Lane.DowntimeEnd)[row] < chunk.Time[row])
        {
            return ValueClass.Invalid;
        }

        point = new TimedValue(chunk.Time[row], chunk.Values(Lane.DowntimeEnd)[row], (byte)kind);
        return ValueClass.Valid;
    }
}
