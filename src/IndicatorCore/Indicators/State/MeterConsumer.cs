using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;

namespace IndicatorCore.Indicators.State;

/// <summary>Readings of cumulative meters: the set of their points, folded when the report is made (indicator-definitions 1.8 and 7).</summary>
internal sealed class MeterConsumer(FoldDesk desk) : TimedValueConsumer(desk, "energy", Lane.Reading, isFirst: true)
{
    protected override TimedValueStore Store => State.Support.Readings;

    protected override int Object(RowChunk chunk, int row) => chunk.Has(Lane.Meter) ? chunk.Keys(Lane.Meter)[row] : -1;

    protected override bool HasProduct => Context.ByProduct;

    protected override byte Class(RowChunk chunk, int row, out TimedValue point)
    {
        var valueClass = chunk.Classes(Lane.Reading)[row];
        point = valueClass == ValueClass.Valid ? new TimedValue(chunk.Time[row], chunk.Values(Lane.Reading)[row], Kind: 0) : default;
        return valueClass;
    }
}
