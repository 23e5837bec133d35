using System.Runtime.ExceptionServices;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;

namespace IndicatorCore.Indicators.Reading;

/// <summary>
/// A batch whose tickets are windows of it, shared by the workers that have them. Where a faulty batch is to be left out, all of it is
/// checked before the first window counts; else a fault ends the run, and nothing of it counts either (decisions D8).
/// </summary>
/// <param name="reader">The file.</param>
/// <param name="windows">The batch.</param>
/// <param name="firstTicket">The ticket of its first window; the others follow.</param>
/// <param name="workers">How many workers there are.</param>
internal sealed class LargeBatch(IpcFileReader reader, BatchWindows windows, int firstTicket, int workers) : IDisposable
{
    private readonly object _gate = new();
    private WindowDecoding? _decoding;
    private Exception? _fault;
    private int _faultColumn = int.MaxValue;
    private int _nextToCheck = -1;
    private int _checked;
    private int _isSkipped;

    /// <summary>Its windows.</summary>
    public BatchWindows Windows { get; } = windows;

    /// <summary>The ticket of its first window.</summary>
    public int FirstTicket { get; } = firstTicket;

    /// <summary>The decoding of a compressed batch.</summary>
    public WindowDecoding Decoding
    {
        get
        {
            lock (_gate)
            {
                return _decoding ??= new WindowDecoding(Windows, workers);
            }
        }
    }

    /// <summary>Checks the whole batch, together with the other workers that ask; gives what is wrong with it, or null.</summary>
    /// <exception cref="IndicatorDataException">The file, and not this batch alone, is faulty.</exception>
    public IndicatorDataException? Check(CancellationToken cancellationToken)
    {
        try
        {
            Windows.CheckLengths();
        }
        catch (IndicatorDataException fault)
        {
            return fault;
        }

        using (var scratch = new BatchLease())
        {
            for (var column = Interlocked.Increment(ref _nextToCheck); column < Windows.ColumnCount; column = Interlocked.Increment(ref _nextToCheck))
            {
                Check(column, scratch, cancellationToken);
            }
        }

        lock (_gate)
        {
            while (_checked < Windows.ColumnCount)
            {
                Monitor.Wait(_gate);
            }

            if (_fault is IndicatorDataException fault && !reader.IsPoisoned)
            {
                return fault;
            }

            if (_fault is not null)
            {
                ExceptionDispatchInfo.Throw(_fault);
            }

            return null;
        }
    }

    /// <summary>True for the first who asks: it notes that the batch is left out.</summary>
    public bool TrySkip() => Interlocked.Exchange(ref _isSkipped, 1) == 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        _decoding?.Dispose();
        Windows.Dispose();
    }

    private void Check(int column, BatchLease scratch, CancellationToken cancellationToken)
    {
        Exception? fault = null;
        try
        {
            if (Windows.NeedsCheck(column))
            {
                Windows.Check(column, scratch, cancellationToken);
            }
        }
        catch (Exception problem)
        {
            fault = problem;
        }

        lock (_gate)
        {
            _checked++;
            if (fault is not null && column < _faultColumn)
            {
                (_fault, _faultColumn) = (fault, column);
            }

            Monitor.PulseAll(_gate);
        }
    }
}
