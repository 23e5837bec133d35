using System.Runtime.ExceptionServices;

namespace IndicatorCore.Indicators.Reporting;

/// <summary>Independent pieces of a report on the query's threads, which live no longer than the call.</summary>
internal static class ReportCrew
{
    /// <summary>Runs every piece once. Of several faults that of the lowest piece is thrown, whatever the threads.</summary>
    /// <param name="threads">The most threads, the caller's among them.</param>
    /// <param name="count">How many pieces.</param>
    /// <param name="local">Makes what one thread keeps between its pieces; it gets them in ascending order.</param>
    /// <param name="work">Does a piece.</param>
    public static void Run<TLocal>(int threads, int count, Func<TLocal> local, Action<int, TLocal> work)
    {
        var next = 0;
        var stop = count;
        ExceptionDispatchInfo? fault = null;
        Lock gate = new();

        void Work()
        {
            var mine = local();
            int piece;
            while ((piece = Interlocked.Increment(ref next) - 1) < Volatile.Read(ref stop))
            {
                try
                {
                    work(piece, mine);
                }
                catch (Exception problem)
                {
                    lock (gate)
                    {
                        // every lower piece has been taken already and is done to its end
                        if (piece < stop)
                        {
                            (stop, fault) = (piece, ExceptionDispatchInfo.Capture(problem));
                        }
                    }
                }
            }
        }

        var others = new Thread[Math.Max(0, Math.Min(threads, count) - 1)];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(Work) { IsBackground = true, Name = "report" };
            others[i].Start();
        }

        Work();
        foreach (var other in others)
        {
            other.Join();
        }

        fault?.Throw();
    }
}
