using IndicatorCore.Aggregation;
using IndicatorCore.Columns;

namespace IndicatorCore.Indicators.Binding;

/// <summary>One value for every row, as a profile's <c>constant</c> says.</summary>
internal sealed class ConstantDecoder(Lane lane, bool isKey, long value) : ColumnDecoder
{
    public override void Decode(scoped RecordBatch batch, int start, int count, RowChunk chunk)
    {
        if (isKey)
        {
            chunk.Keys(lane).AsSpan(0, count).Fill((int)value);
            return;
        }

        chunk.Values(lane).AsSpan(0, count).Fill(value);
        chunk.Classes(lane).AsSpan(0, count).Clear();
    }
}
