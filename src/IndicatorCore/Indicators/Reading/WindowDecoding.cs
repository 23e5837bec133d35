using System.Runtime.ExceptionServices;
using IndicatorCore.Columns;
using IndicatorCore.Ipc;

namespace IndicatorCore.Indicators.Reading;

/// <summary>
/// The windows of a compressed large batch, decoded by whoever asks for one: each column by one worker at a time, several columns at once,
/// a few windows ahead of the folding. Of several faults that of the first window, and in it of the first column, comes out.
/// </summary>
internal sealed class WindowDecoding : IDisposable
{
    private readonly object _gate = new();
    private readonly BatchWindows _windows;
    private readonly WindowColumn[] _columns;
    private readonly int[] _next;
    private readonly bool[] _isBusy;
    private readonly WindowSlot[] _slots;
    private Exception? _fault;
    private int _released;
    private (int Window, int Column) _faultAt = (int.MaxValue, 0);

    /// <summary>Starts at the first window.</summary>
    /// <param name="windows">The batch.</param>
    /// <param name="workers">How many ask at once.</param>
    public WindowDecoding(BatchWindows windows, int workers)
    {
        _windows = windows;
        _columns = [.. Enumerable.Range(0, windows.ColumnCount).Select(windows.Column)];
        _next = new int[_columns.Length];
        _isBusy = new bool[_columns.Length];
        _slots = [.. Enumerable.Range(0, Math.Min(workers + 1, windows.Count)).Select(static _ => new WindowSlot())];
    }

    /// <summary>A window that is decoded and that nobody else gets; to be called as often as there are windows.</summary>
    /// <param name="window">Which one it is; after a fault, the one that is faulty.</param>
    /// <param name="cancellationToken">Looked at once a column and window, and while these are decoded.</param>
    public BatchLease Take(out int window, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int column;
            lock (_gate)
            {
                if (_slots.Where(static slot => slot.IsReady).MinBy(static slot => slot.Window) is { } ready)
                {
                    ready.IsTaken = true;
                    window = ready.Window;
                    return ready.Lease;
                }

                column = Choose();
                if (column < 0)
                {
                    if (_fault is not null && !_isBusy.Contains(true) && !Enumerable.Range(0, _columns.Length).Any(IsOpen))
                    {
                        window = _faultAt.Window;
                        ExceptionDispatchInfo.Throw(_fault);
                    }

                    Monitor.Wait(_gate);
                    continue;
                }

                _isBusy[column] = true;
            }

            Decode(column, cancellationToken);
        }
    }

    /// <summary>Gives a window's memory back.</summary>
    public void Release(BatchLease lease)
    {
        lock (_gate)
        {
            Array.Find(_slots, slot => ReferenceEquals(slot.Lease, lease))!.Free();
            if (++_released == _windows.Count)
            {
                // other batches of the file come yet
                Array.Clear(_columns);
                Dispose();
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var slot in _slots)
        {
            slot.Lease.Dispose();
        }
    }

    private WindowSlot SlotOf(int window) => _slots[window % _slots.Length];

    /// <summary>Whether something of a column is still to be decoded: after a fault, only what comes before it.</summary>
    private bool IsOpen(int column) =>
        !_isBusy[column] && _next[column] < _windows.Count && (_next[column], column).CompareTo(_faultAt) < 0;

    private int Choose()
    {
        var best = -1;
        for (var column = 0; column < _columns.Length; column++)
        {
            if (IsOpen(column) && (best < 0 || _next[column] < _next[best]) && SlotOf(_next[column]) is var slot
                && (slot.Window == _next[column] || slot.Window < 0))
            {
                best = column;
            }
        }

        return best;
    }

    private void Decode(int column, CancellationToken cancellationToken)
    {
        var window = _next[column];
        var slot = SlotOf(window);
        Exception? fault = null;
        try
        {
            lock (_gate)
            {
                if (slot.Window < 0)
                {
                    slot.Start(window, _columns.Length);
                    _windows.Begin(window, slot.Lease);
                }
            }

            _columns[column].Fill(slot.Lease, cancellationToken);
        }
        catch (Exception problem)
        {
            fault = problem;
        }

        lock (_gate)
        {
            _isBusy[column] = false;
            if (fault is null)
            {
                _next[column]++;
                slot.ColumnsLeft--;
                if (slot.ColumnsLeft == 0)
                {
                    _windows.Complete(slot.Lease);
                    slot.IsReady = true;
                }
            }
            else if ((window, column).CompareTo(_faultAt) < 0)
            {
                (_fault, _faultAt) = (fault, (window, column));
            }

            Monitor.PulseAll(_gate);
        }
    }
}
