namespace IndicatorCore.Indicators.Reading;

/// <summary>The workers of one read: threads live only as long as <see cref="RunAsync"/> (decisions D2).</summary>
internal sealed class WorkerCrew : IDisposable
{
    /// <summary>Hires as many workers as the query allows, and no more than there is work.</summary>
    public WorkerCrew(EngineContext context, int mostUseful = int.MaxValue)
    {
        var count = Math.Min(context.Query.Threads ?? Environment.ProcessorCount, mostUseful);
        Workers = [.. Enumerable.Range(0, count).Select(_ => new EngineWorker(context))];
    }

    /// <summary>The workers.</summary>
    public IReadOnlyList<EngineWorker> Workers { get; }

    /// <summary>Runs the same work on every worker's own thread and returns when all are done.</summary>
    public Task RunAsync(Action<EngineWorker> work) => Task.WhenAll(Workers.Select(worker => Task.Factory.StartNew(
        () =>
        {
            work(worker);
            worker.Settle();
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var worker in Workers)
        {
            worker.Dispose();
        }
    }
}
