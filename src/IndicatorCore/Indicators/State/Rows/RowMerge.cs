using IndicatorCore.Spilling;

namespace IndicatorCore.Indicators.State.Rows;

/// <summary>The records of several runs as one, in their order: a heap of cursors.</summary>
internal sealed class RowMerge : IDisposable
{
    private readonly long _reserved;
    private readonly RowSpace _space;
    private readonly RowCursor[] _heap;
    private int _count;
    private bool _isBegun;

    /// <summary>Stands before the first record.</summary>
    /// <exception cref="Errors.LimitExceededException">The budget does not hold a block of each run on disk.</exception>
    /// <exception cref="Errors.SpillException">A run cannot be read back.</exception>
    public RowMerge(RowSpace space, IReadOnlyCollection<RowRun> runs)
    {
        _space = space;
        _heap = new RowCursor[runs.Count];
        var reserved = runs.Count(static run => run.File is not null) * (long)SpillBlock.Bytes;
        space.Budget.Reserve(reserved, "the blocks of spilled rows that are merged");
        _reserved = reserved;
        foreach (var run in runs)
        {
            var cursor = new RowCursor(space, run);
            if (cursor.TryNext())
            {
                _heap[_count++] = cursor;
            }
        }

        for (var at = (_count / 2) - 1; at >= 0; at--)
        {
            Sink(at);
        }
    }

    /// <summary>The record.</summary>
    public ReadOnlySpan<byte> Record => _heap[0].Record;

    /// <summary>Goes on to the next record; false at the end.</summary>
    /// <exception cref="Errors.SpillException">A run cannot be read back.</exception>
    public bool TryNext()
    {
        if (_isBegun)
        {
            if (!_heap[0].TryNext())
            {
                _heap[0] = _heap[--_count];
            }

            Sink(0);
        }

        _isBegun = true;
        return _count > 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _space.Budget.Release(_reserved);

    private void Sink(int at)
    {
        if (at >= _count)
        {
            return;
        }

        var cursor = _heap[at];
        while (true)
        {
            var child = (at * 2) + 1;
            if (child >= _count)
            {
                break;
            }

            if (child + 1 < _count && IsBefore(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!IsBefore(_heap[child], cursor))
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = cursor;
    }

    private bool IsBefore(RowCursor left, RowCursor right) =>
        left.Prefix != right.Prefix ? left.Prefix < right.Prefix : _space.Compare(left.Record, right.Record) < 0;
}
