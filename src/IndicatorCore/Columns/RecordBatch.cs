namespace IndicatorCore.Columns;

/// <summary>A view of the rows that a <see cref="BatchLease"/> owns; valid until that is disposed or refilled.</summary>
public readonly ref struct RecordBatch
{
    private readonly BatchLease _lease;

    internal RecordBatch(BatchLease lease) => _lease = lease;

    /// <summary>The columns' fields, those that were not loaded included.</summary>
    public Schema Schema => _lease.Schema;

    /// <summary>The number of rows.</summary>
    public int Length => _lease.RowCount;

    /// <summary>The row of the batch in its input with which this view begins: 0, unless a very large batch of a file is looked at in parts.</summary>
    public int FirstRow => _lease.FirstRow;

    /// <summary>Whether the top-level column <paramref name="ordinal"/> was in the projection.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The schema has no such column.</exception>
    public bool IsLoaded(int ordinal) => _lease.IsLoaded(ordinal);

    /// <summary>The top-level column <paramref name="ordinal"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The schema has no such column.</exception>
    /// <exception cref="InvalidOperationException">The column was not in the projection.</exception>
    public Column this[int ordinal] => new(_lease.Loaded(ordinal));
}
