using System.Buffers.Binary;
using IndicatorCore.Aggregation;
using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>One row of a state file that is read; whatever it holds is checked, for a state file may come from anywhere.</summary>
/// <param name="batch">The batch.</param>
/// <param name="maps">Dictionary numbers of the file to key numbers of the engine, by <see cref="StateKind"/>.</param>
/// <param name="lanes">The batch's columns as numbers.</param>
/// <param name="row">The row's number in the batch.</param>
internal readonly ref struct StateRow(RecordBatch batch, int[][] maps, StateLanes lanes, int row)
{
    private const long MaxCount = 1L << 50;   // so that the counts of thousands of states add up

    private readonly RecordBatch _batch = batch;

    private Column this[StateColumn column] => _batch[(int)column];

    /// <summary>The row's number.</summary>
    public int Row => row;

    public string Name(StateColumn column) => System.Text.Encoding.UTF8.GetString(Required(column).Bytes(row));

    /// <summary>The number of a name in the column's dictionary.</summary>
    public int Code(StateColumn column) => (int)Wide(column);

    public ReadOnlySpan<byte> Bytes(StateColumn column) => Required(column).Bytes(row);

    /// <summary>The number of a name in one of the closed lists.</summary>
    public int Index(StateColumn column, string[] names)
    {
        var name = Name(column);
        var index = Array.IndexOf(names, name);
        return index >= 0 ? index : throw Fault(column, $"'{name}' is not known to this version");
    }

    /// <summary>A key's number in the engine; -1 for null.</summary>
    public int Key(StateColumn column)
    {
        return lanes.IsValid(_batch, column, row) ? maps[(int)StateSchema.KindOf(column)!.Value][(int)lanes.Number(_batch, column, row)] : -1;
    }

    public Leaf Leaf() => new(Key(StateColumn.Factory), Key(StateColumn.Workshop), Key(StateColumn.Line), Key(StateColumn.Device), Key(StateColumn.Product));

    public int Pane(bool isSpan)
    {
        var start = Optional(StateColumn.PaneStart) ?? long.MinValue;
        var end = Optional(StateColumn.PaneEnd) ?? long.MaxValue;
        return lanes.Pane(start, end, isSpan)
            ?? throw Fault(StateColumn.PaneStart, "the span is none of the query's");
    }

    /// <summary>A count, not negative.</summary>
    public long Count(StateColumn column) => Number(column, 0, MaxCount);

    /// <summary>A count that is kept in 32 bits.</summary>
    public uint ShortCount(StateColumn column) => (uint)Number(column, 0, uint.MaxValue);

    public long Number(StateColumn column, long least, long most)
    {
        var value = Wide(column);
        return value >= least && value <= most ? value : throw Fault(column, $"{value} is out of range");
    }

    /// <summary>An instant or day, or null.</summary>
    public long? Optional(StateColumn column)
    {
        return lanes.IsValid(_batch, column, row) ? lanes.Number(_batch, column, row) : null;
    }

    public bool Flag(StateColumn column) => Required(column).Bit(row);

    public Sum96 Sum(StateColumn column)
    {
        var value = lanes.IsValid(_batch, column, row) ? lanes.Sum(_batch, column, row) : throw Missing(column);
        return Sum96.Of(value) ?? throw Fault(column, $"{value} is out of range");
    }

    /// <summary>A sum of up to 128 bits.</summary>
    public Int128 WideSum(StateColumn column) => BinaryPrimitives.ReadInt128LittleEndian(Required(column).Bytes(row));

    public RowEvidence Evidence()
    {
        var (first, last) = (Optional(StateColumn.FirstTs), Optional(StateColumn.LastTs));
        if (first is null != last is null || first > last || first == long.MinValue)
        {
            throw Fault(StateColumn.FirstTs, "the first event is not before the last");
        }

        return RowEvidence.Of(first, last) with
        {
            Received = Count(StateColumn.Received),
            Duplicates = ShortCount(StateColumn.Duplicates),
            Conflicts = ShortCount(StateColumn.Conflicts),
        };
    }

    public CoverageCounts Coverage() => new()
    {
        Valid = Count(StateColumn.Valid),
        Covered = Count(StateColumn.Covered),
        Unserved = Count(StateColumn.Unserved),
        Missing = Count(StateColumn.Missing),
        Invalid = Count(StateColumn.Invalid),
    };

    public MalformedArrowException Fault(StateColumn column, string problem) => new(
        $"The state file is not whole: {problem}",
        new DataLocation(Column: this[column].Field.Name, Row: row),
        advice: "Read the inputs again.");

    private Column Required(StateColumn column)
    {
        var values = this[column];
        return values.IsValid(row) ? values : throw Missing(column);
    }

    private long Wide(StateColumn column) => lanes.IsValid(_batch, column, row) ? lanes.Number(_batch, column, row) : throw Missing(column);

    private MalformedArrowException Missing(StateColumn column) => Fault(column, "a value is missing");
}
