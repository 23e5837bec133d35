using IndicatorCore.Spilling;

namespace IndicatorCore.Indicators.State.Rows;

/// <summary>Walks over the records of a run.</summary>
internal sealed class RowCursor
{
    private readonly RowSpace _space;
    private readonly RowRun _run;
    private readonly SpillReader? _reader;
    private ReadOnlyMemory<byte> _records;
    private long _rows;
    private int _left;
    private int _at;
    private int _length;

    /// <summary>Stands before the first record.</summary>
    public RowCursor(RowSpace space, RowRun run)
    {
        (_space, _run) = (space, run);
        _records = run.Memory.AsMemory(0, run.Length);
        _left = run.File is null ? int.MaxValue : 0;
        _reader = run.File is null ? null : new SpillReader(run.File, 0, run.File.Length);
    }

    /// <summary>The record's first eight bytes as a number.</summary>
    public ulong Prefix { get; private set; }

    /// <summary>The record.</summary>
    public ReadOnlySpan<byte> Record => _records.Span.Slice(_at, _length);

    /// <summary>Goes on to the next record; false at the end.</summary>
    /// <exception cref="Errors.SpillException">The run cannot be read back.</exception>
    public bool TryNext()
    {
        _at += _length;
        _length = 0;
        if (_at == _records.Length)
        {
            if (_left != 0 && _reader is not null)
            {
                throw Damaged("a block holds fewer rows than it says");
            }

            if (_reader is null || !_reader.TryTake(out _records, out _left))
            {
                return _rows == _run.Count ? false : throw Damaged($"{_rows:N0} rows are there of {_run.Count:N0}");
            }

            _at = 0;
        }

        var record = _records.Span[_at..];
        _length = _space.LengthOf(record);
        if (_length < 0 || _left-- == 0)
        {
            throw Damaged("a record is none");
        }

        Prefix = RowRecord.PrefixOf(record);
        _rows++;
        return true;
    }

    private Exception Damaged(string problem) => _run.File is { } file ? file.Damaged(problem) : new InvalidOperationException($"Rows in memory are damaged: {problem}.");
}
