using System.Diagnostics;

namespace IndicatorCore.Fuzz.Running;

/// <summary>Ends the process when one input takes too long; a stuck loop cannot be ended otherwise.</summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>The exit code of a process that it ended.</summary>
    public const int ExitCode = 86;

    private readonly TimeSpan _limit;
    private readonly Action<long> _report;
    private readonly ManualResetEventSlim _end = new();
    private readonly Thread _thread;
    private long _index;
    private long _since;

    /// <summary>Starts to watch.</summary>
    /// <param name="limit">The longest time of one input.</param>
    /// <param name="report">Told the index of the input that took longer, on another thread than the one that is stuck.</param>
    public Watchdog(TimeSpan limit, Action<long> report)
    {
        _limit = limit;
        _report = report;
        _thread = new Thread(Watch) { IsBackground = true, Name = "watchdog" };
        _thread.Start();
    }

    /// <summary>An input begins.</summary>
    public void Begin(long index)
    {
        _index = index;
        Volatile.Write(ref _since, Stopwatch.GetTimestamp());
    }

    /// <summary>It ended.</summary>
    public void End() => Volatile.Write(ref _since, 0);

    public void Dispose()
    {
        _end.Set();
        _thread.Join();
        _end.Dispose();
    }

    private void Watch()
    {
        while (!_end.Wait(TimeSpan.FromMilliseconds(200)))
        {
            var since = Volatile.Read(ref _since);
            if (since != 0 && Stopwatch.GetElapsedTime(since) > _limit)
            {
                _report(_index);
                Environment.Exit(ExitCode);
            }
        }
    }
}
