using System.Buffers.Binary;
using System.Runtime.InteropServices;
using IndicatorCore.Aggregation;
using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>
/// The columns of a window of a batch of a state file as numbers, each taken when it is first needed; one serves all batches of a file.
/// </summary>
/// <param name="panes">The clock of panes.</param>
/// <param name="spans">The clock of whole spans.</param>
/// <param name="columns">How many columns the file has.</param>
internal sealed class StateLanes(PaneClock panes, PaneClock spans, int columns)
{
    /// <summary>Rows of a window: what is held does not follow the size of a batch.</summary>
    public const int MostRows = StateSchema.BatchRows;

    private readonly long[][] _numbers = Empty<long>(columns);
    private readonly Int128[][] _sums = Empty<Int128>(columns);
    private readonly bool[][] _valid = Empty<bool>(columns);
    private readonly bool[] _isTaken = new bool[columns];
    private readonly Dictionary<(long Start, long End, bool IsSpan), int?> _panes = [];
    private int _first;

    /// <summary>Turns to other rows.</summary>
    /// <param name="first">The first row; those that are asked for lie within <see cref="MostRows"/> from it.</param>
    public void Begin(int first)
    {
        _first = first;
        _isTaken.AsSpan().Clear();
    }

    /// <summary>Whether a row has a value.</summary>
    public bool IsValid(scoped RecordBatch batch, StateColumn column, int row)
    {
        Take(batch, column);
        return _valid[(int)column][row - _first];
    }

    /// <summary>The integer, instant, day or dictionary number of a row; meaningless for a null.</summary>
    public long Number(scoped RecordBatch batch, StateColumn column, int row)
    {
        Take(batch, column);
        return _numbers[(int)column][row - _first];
    }

    /// <summary>The decimal of a row; meaningless for a null.</summary>
    public Int128 Sum(scoped RecordBatch batch, StateColumn column, int row)
    {
        Take(batch, column);
        return _sums[(int)column][row - _first];
    }

    /// <summary>The pane of a span, or null when the clock has none.</summary>
    public int? Pane(long start, long end, bool isSpan)
    {
        if (!_panes.TryGetValue((start, end, isSpan), out var pane))
        {
            _panes.Add((start, end, isSpan), pane = start < end ? (isSpan ? spans : panes).PaneOf(start, end) : null);
        }

        return pane;
    }

    private static T[][] Empty<T>(int columns)
    {
        var lanes = new T[columns][];
        Array.Fill(lanes, []);
        return lanes;
    }

    private static Span<T> Room<T>(ref T[] lane, int length)
    {
        if (lane.Length < length)
        {
            lane = new T[length];
        }

        return lane.AsSpan(0, length);
    }

    private void Take(scoped RecordBatch batch, StateColumn column)
    {
        if (!_isTaken[(int)column])
        {
            Fill(batch[(int)column], (int)column);
            _isTaken[(int)column] = true;
        }
    }

    private void Fill(scoped Column column, int at)
    {
        var length = Math.Min(MostRows, column.Length - _first);
        var valid = Room(ref _valid[at], length);
        for (var row = 0; row < valid.Length; row++)
        {
            valid[row] = column.IsValid(_first + row);
        }

        var type = column.Field.Type;
        if (column.Dictionary is not null)
        {
            var numbers = Room(ref _numbers[at], length);
            for (var row = 0; row < numbers.Length; row++)
            {
                numbers[row] = column.Code(_first + row);
            }
        }
        else if (type.Id == ArrowTypeId.Decimal)
        {
            var bytes = MemoryMarshal.AsBytes(column.Values<UInt128>().Slice(_first, length));
            var sums = Room(ref _sums[at], length);
            for (var row = 0; row < sums.Length; row++)
            {
                sums[row] = BinaryPrimitives.ReadInt128LittleEndian(bytes[(row * 16)..]);
            }
        }
        else if (type.Id == ArrowTypeId.Timestamp && type.Unit != TimeUnit.Nanosecond)
        {
            Scale(column.Values<long>().Slice(_first, length), StateWidths.StepOf(type.Unit), Room(ref _numbers[at], length), column.Field.Name);
        }
        else if (type.Id == ArrowTypeId.Timestamp || type.BitWidth == 64)
        {
            column.Values<long>().Slice(_first, length).CopyTo(Room(ref _numbers[at], length));
        }
        else if (type.BitWidth == 8)
        {
            Widen(column.Values<sbyte>().Slice(_first, length), Room(ref _numbers[at], length));
        }
        else if (type.BitWidth == 16)
        {
            Widen(column.Values<short>().Slice(_first, length), Room(ref _numbers[at], length));
        }
        else if (type.BitWidth == 32)
        {
            Widen(column.Values<int>().Slice(_first, length), Room(ref _numbers[at], length));
        }
    }

    private static void Scale(ReadOnlySpan<long> from, long step, Span<long> to, string column)
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = from[i] <= long.MaxValue / step && from[i] >= long.MinValue / step
                ? from[i] * step
                : throw new MalformedArrowException($"The state file is not whole: {from[i]} is out of range", new DataLocation(Column: column), advice: "Read the inputs again.");
        }
    }

    private static void Widen(ReadOnlySpan<short> from, Span<long> to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = from[i];
        }
    }

    private static void Widen(ReadOnlySpan<sbyte> from, Span<long> to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = from[i];
        }
    }

    private static void Widen(ReadOnlySpan<int> from, Span<long> to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = from[i];
        }
    }
}
