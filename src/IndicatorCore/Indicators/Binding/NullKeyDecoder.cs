using IndicatorCore.Aggregation;
using IndicatorCore.Columns;

namespace IndicatorCore.Indicators.Binding;

/// <summary>Gives the nulls of a key lane, decoded before, a class of their own.</summary>
internal sealed class NullKeyDecoder(Lane lane, int number) : ColumnDecoder
{
    public override void Decode(scoped RecordBatch batch, int start, int count, RowChunk chunk) =>
        chunk.Keys(lane).AsSpan(0, count).Replace(-1, number);
}
