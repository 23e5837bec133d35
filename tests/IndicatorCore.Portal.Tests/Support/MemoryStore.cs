using System.Collections.Concurrent;
using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Tests.Support;

/// <summary>The documents and logs of a store in memory; it has no publications.</summary>
internal sealed class MemoryStore : IPortalStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, StoredDocument> _documents = [];

    public ConcurrentDictionary<string, ConcurrentQueue<ReadOnlyMemory<byte>>> Logs { get; } = [];

    /// <summary>Thrown by whatever touches the store, while it is not null.</summary>
    public Exception? Fault { get; set; }

    public int DocumentReads { get; private set; }

    public int Appends { get; private set; }

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task CheckAsync(CancellationToken cancellationToken) => Fault is null ? Task.CompletedTask : Task.FromException(Fault);

    public ValueTask<IReadOnlyList<Publication>> PublicationsAsync(CancellationToken cancellationToken) => new([]);

    public ValueTask<Publication?> FindAsync(string dataset, int? revision, CancellationToken cancellationToken) => new((Publication?)null);

    public Task<Publication> PublishAsync(PublicationDraft draft, CancellationToken cancellationToken) => throw new NotSupportedException("It keeps documents and logs.");

    public ValueTask<RowPage?> RowsAsync(RowQuery query, CancellationToken cancellationToken) => new((RowPage?)null);

    public ValueTask<StoredRow?> RowAsync(string dataset, int revision, long number, CancellationToken cancellationToken) => new((StoredRow?)null);

    public ValueTask<IReadOnlyList<Place>> PlacesAsync(string dataset, int revision, CancellationToken cancellationToken) => new([]);

    public ValueTask<Stream?> OpenAsync(string dataset, int revision, Attachment attachment, CancellationToken cancellationToken) => new((Stream?)null);

    public ValueTask<StoredDocument?> ReadDocumentAsync(string name, CancellationToken cancellationToken)
    {
        Throw();
        lock (_lock)
        {
            DocumentReads++;
            return new(_documents.GetValueOrDefault(name));
        }
    }

    public Task<bool> WriteDocumentAsync(string name, long expected, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Throw();
        lock (_lock)
        {
            if ((_documents.GetValueOrDefault(name)?.Version ?? 0) != expected)
            {
                return Task.FromResult(false);
            }

            _documents[name] = new StoredDocument(expected + 1, content.ToArray());
            return Task.FromResult(true);
        }
    }

    public Task AppendAsync(string log, IReadOnlyList<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken)
    {
        Throw();
        Appends++;
        var queue = Logs.GetOrAdd(log, static _ => new());
        foreach (var line in lines)
        {
            queue.Enqueue(line);
        }

        return Task.CompletedTask;
    }

    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> TailAsync(string log, int count, CancellationToken cancellationToken) =>
        new([.. Logs.GetValueOrDefault(log)?.Reverse().Take(count) ?? []]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Throw()
    {
        if (Fault is { } fault)
        {
            throw fault;
        }
    }
}
