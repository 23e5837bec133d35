using IndicatorCore.Aggregation;
using IndicatorCore.Columns;

namespace IndicatorCore.Indicators.Binding;

/// <summary>Turns rows of one Arrow column into a lane. One instance a worker and input: it may keep caches.</summary>
internal abstract class ColumnDecoder
{
    /// <summary>Notes a new batch; called before the first <see cref="Decode"/> of each.</summary>
    public virtual void Begin(scoped RecordBatch batch)
    {
    }

    /// <summary>Decodes rows <paramref name="start"/> to <paramref name="start"/> + <paramref name="count"/>.</summary>
    public abstract void Decode(scoped RecordBatch batch, int start, int count, RowChunk chunk);
}
