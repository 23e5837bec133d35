using System.Runtime.ExceptionServices;
using IndicatorCore.Columns;

namespace IndicatorCore.Indicators.Reading;

/// <summary>A ticket whose bytes are read while its worker still folds another: by whoever comes to it first.</summary>
/// <param name="ticket">The ticket.</param>
/// <param name="lease">What is filled.</param>
/// <param name="read">Fills it.</param>
internal sealed class AheadTicket(int ticket, BatchLease lease, Action read)
{
    private readonly object _gate = new();
    private Exception? _fault;
    private int _isTaken;
    private bool _isDone;

    /// <summary>The ticket.</summary>
    public int Ticket { get; } = ticket;

    /// <summary>What is filled.</summary>
    public BatchLease Lease { get; } = lease;

    /// <summary>Reads, unless that is done or being done; keeps what goes wrong.</summary>
    public void Run()
    {
        if (Interlocked.Exchange(ref _isTaken, 1) != 0)
        {
            return;
        }

        try
        {
            read();
        }
        catch (Exception fault)
        {
            _fault = fault;
        }

        lock (_gate)
        {
            _isDone = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Reads, or waits for who does; throws what went wrong.</summary>
    public void Complete()
    {
        Run();
        lock (_gate)
        {
            while (!_isDone)
            {
                Monitor.Wait(_gate);
            }
        }

        if (_fault is not null)
        {
            ExceptionDispatchInfo.Throw(_fault);
        }
    }
}
