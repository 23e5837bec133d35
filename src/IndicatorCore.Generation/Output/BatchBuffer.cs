namespace IndicatorCore.Generation.Output;

/// <summary>The batch being filled: a buffer a column, in the table's order.</summary>
internal sealed class BatchBuffer(TableShape shape, int capacity)
{
    private readonly ColumnBuffer[] _columns = [.. shape.Columns.Select(column => new ColumnBuffer(column, capacity))];

    public TableShape Shape { get; } = shape;

    public IReadOnlyList<ColumnBuffer> Columns => _columns;

    public int RowCount { get; private set; }

    public bool IsFull => RowCount == capacity;

    public ColumnBuffer this[int ordinal] => _columns[ordinal];

    /// <summary>Ends the row; a column that it left out gets a null.</summary>
    public void EndRow()
    {
        RowCount++;
        foreach (var column in _columns)
        {
            if (column.Count < RowCount)
            {
                column.AddNull();
            }
        }
    }

    public void Clear()
    {
        RowCount = 0;
        foreach (var column in _columns)
        {
            column.Clear();
        }
    }
}
