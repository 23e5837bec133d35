namespace IndicatorCore.Indicators.Reading;

/// <summary>The workers of one read: threads live only as long as <see cref="RunAsync"/> (decisions D2).</summary>
internal sealed class WorkerCrew : IDisposable
{
    /// <summary>Hires as many workers as the query allows, and no more than there is work.</summary>
    public WorkerCrew(EngineContext context, int mostUseful = int.MaxValue)
    {
        var count = Math.Min(context.Query.Threads ?? Environment.ProcessorCount, mostUseful);
        var workers = new EngineWorker[count];
        for (var i = 0; i < count; i++)
        {
            workers[i] = new EngineWorker(context);
        }

        Workers = workers;
    }

    /// <summary>The workers.</summary>
    public IReadOnlyList<EngineWorker> Workers { get; }

    /// <summary>
    /// Runs the same work on every worker's own thread and returns when all are done; where <paramref name="inPlace"/>, on the caller's.
    /// </summary>
    public Task RunAsync(Action<EngineWorker> work, bool inPlace = false)
    {
        if (inPlace)
        {
            try
            {
                foreach (var worker in Workers)
                {
                    work(worker);
                    worker.Settle();
                }

                return Task.CompletedTask;
            }
            catch (Exception fault)
            {
                return Task.FromException(fault);
            }
        }

        return Task.WhenAll(Workers.Select(worker => Task.Factory.StartNew(
            () =>
            {
                work(worker);
                worker.Settle();
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var worker in Workers)
        {
            worker.Dispose();
        }
    }
}
