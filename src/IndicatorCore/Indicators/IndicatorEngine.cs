using System.IO.Pipelines;

namespace IndicatorCore.Indicators;

/// <summary>Reads exports, keeps mergeable integer state, and makes reports of it (interface 5, decisions D2).</summary>
public sealed class IndicatorEngine : IAsyncDisposable, IDisposable
{
    /// <summary>Makes an engine for one query.</summary>
    /// <exception cref="Errors.ConfigurationException">The query contradicts itself or names something unknown.</exception>
    public IndicatorEngine(IndicatorQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        Query = query;
    }

    /// <summary>The query.</summary>
    public IndicatorQuery Query { get; }

    /// <summary>Where progress is reported, or null.</summary>
    public IProgress<EngineProgress>? Progress { get; set; }

    /// <summary>Reads files with all workers: a path, a directory or a glob.</summary>
    public Task ReadAsync(string path, CancellationToken cancellationToken = default) => ReadAsync([path], cancellationToken);

    /// <summary>Reads files with all workers: paths, directories or globs, as one export.</summary>
    public Task ReadAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <summary>Reads a stream of Arrow IPC bytes with all workers.</summary>
    public Task ReadAsync(PipeReader pipe, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Makes a report of what was read so far; consumes nothing.</summary>
    public IndicatorReport Finish() => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
