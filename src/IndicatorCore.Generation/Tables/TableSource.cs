using IndicatorCore.Generation.Output;

namespace IndicatorCore.Generation.Tables;

/// <summary>A table as a sequence of candidate rows, each of which can be made on its own.</summary>
internal abstract class TableSource(TableShape shape, long candidates)
{
    public TableShape Shape { get; } = shape;

    /// <summary>How many rows there are at most.</summary>
    public long Candidates { get; } = candidates;

    /// <summary>Least number of files the table is split into, where it has the rows for it.</summary>
    public virtual int Files => 1;

    /// <summary>Writes a candidate row to the batch and to the ledger; false when there is no such row.</summary>
    public abstract bool Emit(long index, BatchBuffer batch);
}
