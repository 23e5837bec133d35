using IndicatorCore.Generation;
using IndicatorCore.Generation.Output;

namespace IndicatorCore.Tests.Generation;

/// <summary>Counts what would be written.</summary>
internal sealed class CountingSink : ITableSink
{
    private string _name = string.Empty;
    private string _table = string.Empty;
    private long _rows;
    private int _batches;

    public int LargestBatch { get; private set; }

    public long TotalRows { get; private set; }

    public List<string> Names { get; } = [];

    public void Begin(string fileName, TableShape shape)
    {
        (_name, _table, _rows, _batches) = (fileName, shape.Table, 0, 0);
        Names.Add(fileName);
    }

    public void Write(BatchBuffer batch)
    {
        Assert.All(batch.Columns, column => Assert.Equal(batch.RowCount, column.Count));
        _rows += batch.RowCount;
        _batches++;
        TotalRows += batch.RowCount;
        LargestBatch = Math.Max(LargestBatch, batch.RowCount);
    }

    public GeneratedFile End() => new(_name, _table, _rows, _batches, _rows);

    public GeneratedFile Replay(GeneratedFile original, string fileName) => original with { Name = fileName, ReplayOf = original.Name };
}
