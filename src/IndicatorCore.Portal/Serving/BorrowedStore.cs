using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Serving;

/// <summary>A store that belongs to who gave it: the host's services do not dispose it.</summary>
/// <param name="store">The store.</param>
internal sealed class BorrowedStore(IPortalStore store) : IPortalStore
{
    public Task OpenAsync(CancellationToken cancellationToken) => store.OpenAsync(cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => store.CheckAsync(cancellationToken);

    public ValueTask<IReadOnlyList<Publication>> PublicationsAsync(CancellationToken cancellationToken) => store.PublicationsAsync(cancellationToken);

    public ValueTask<Publication?> FindAsync(string dataset, int? revision, CancellationToken cancellationToken) => store.FindAsync(dataset, revision, cancellationToken);

    public Task<Publication> PublishAsync(PublicationDraft draft, CancellationToken cancellationToken) => store.PublishAsync(draft, cancellationToken);

    public ValueTask<RowPage?> RowsAsync(RowQuery query, CancellationToken cancellationToken) => store.RowsAsync(query, cancellationToken);

    public ValueTask<StoredRow?> RowAsync(string dataset, int revision, long number, CancellationToken cancellationToken) => store.RowAsync(dataset, revision, number, cancellationToken);

    public ValueTask<IReadOnlyList<Place>> PlacesAsync(string dataset, int revision, CancellationToken cancellationToken) => store.PlacesAsync(dataset, revision, cancellationToken);

    public ValueTask<Stream?> OpenAsync(string dataset, int revision, Attachment attachment, CancellationToken cancellationToken) => store.OpenAsync(dataset, revision, attachment, cancellationToken);

    public ValueTask<StoredDocument?> ReadDocumentAsync(string name, CancellationToken cancellationToken) => store.ReadDocumentAsync(name, cancellationToken);

    public Task<bool> WriteDocumentAsync(string name, long expected, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        store.WriteDocumentAsync(name, expected, content, cancellationToken);

    public Task AppendAsync(string log, IReadOnlyList<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken) => store.AppendAsync(log, lines, cancellationToken);

    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> TailAsync(string log, int count, CancellationToken cancellationToken) => store.TailAsync(log, count, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
