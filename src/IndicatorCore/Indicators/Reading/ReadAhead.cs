using System.Collections.Concurrent;
using System.Diagnostics;
using IndicatorCore.Columns;

namespace IndicatorCore.Indicators.Reading;

/// <summary>
/// One thread that reads the workers' next tickets while they fold, started when reads turn out slow: then workers would wait for the
/// disk or the network, while reads out of the page cache take a worker's own time whoever does them. Lives as long as one round.
/// </summary>
/// <param name="always">Whether to read ahead: always, never, or where it helps (null).</param>
internal sealed class ReadAhead(bool? always) : IDisposable
{
    /// <summary>Batches that take more are not read ahead: they would be held twice.</summary>
    public const long LargestBatch = 64 << 20;

    // the slowest page cache met gave 4.7 GB/s, the fastest disk 2.3
    private const double SlowBytesPerSecond = 3e9;
    private const double SlowSeconds = 100e-6;

    private readonly BlockingCollection<AheadTicket> _waiting = [];
    private readonly Lock _gate = new();
    private Thread? _thread;
    private volatile bool _isSlow;

    /// <summary>Whether the next ticket is to be read ahead.</summary>
    public bool IsWorthwhile => always ?? _isSlow;

    /// <summary>Reads, and learns from how long it took; a lease that had to grow tells nothing, fresh memory is slow to fill.</summary>
    public void Measure(BatchLease lease, Action read)
    {
        var held = lease.MemoryHeld;
        var start = Stopwatch.GetTimestamp();
        read();
        var elapsed = Stopwatch.GetElapsedTime(start);
        if (lease.MemoryHeld <= held)
        {
            Learn(lease.BytesRead, elapsed);
        }
    }

    /// <summary>Takes note of how long a read took.</summary>
    public void Learn(long bytes, TimeSpan elapsed) => _isSlow = elapsed.TotalSeconds > SlowSeconds + (bytes / SlowBytesPerSecond);

    /// <summary>Leaves a ticket to the thread.</summary>
    public void Post(AheadTicket ticket)
    {
        lock (_gate)
        {
            if (_thread is null)
            {
                _thread = new Thread(Work) { IsBackground = true, Name = "read ahead" };
                _thread.Start();
            }
        }

        _waiting.Add(ticket);
    }

    /// <summary>Ends the thread; every ticket must be complete.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread?.Join();
        _waiting.Dispose();
    }

    private void Work()
    {
        foreach (var ticket in _waiting.GetConsumingEnumerable())
        {
            ticket.Run();
        }
    }
}
