namespace IndicatorCore.Portal.Storage;

/// <summary>
/// Where the portal keeps publications, access keys, alerts and the audit log. All members may be called at the same time from many threads; what is acknowledged is durable, what is
/// not acknowledged is never visible in part.
/// </summary>
public interface IPortalStore : IAsyncDisposable
{
    /// <summary>Makes the store ready: folders, schema migration. Called once, before anything else.</summary>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Throws when the store cannot answer now.</summary>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>All publications, by dataset and then the newest revision first.</summary>
    ValueTask<IReadOnlyList<Publication>> PublicationsAsync(CancellationToken cancellationToken);

    /// <summary>One publication, or null.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="revision">The revision, or null for the newest.</param>
    /// <param name="cancellationToken">Stops it.</param>
    ValueTask<Publication?> FindAsync(string dataset, int? revision, CancellationToken cancellationToken);

    /// <summary>Publishes the next revision; equal rows are a revision too.</summary>
    /// <exception cref="PublicationConflictException">Another revision was published since <see cref="PublicationDraft.Follows"/>.</exception>
    Task<Publication> PublishAsync(PublicationDraft draft, CancellationToken cancellationToken);

    /// <summary>A page of rows; null where there is no such publication.</summary>
    ValueTask<RowPage?> RowsAsync(RowQuery query, CancellationToken cancellationToken);

    /// <summary>One row, or null.</summary>
    ValueTask<StoredRow?> RowAsync(string dataset, int revision, long number, CancellationToken cancellationToken);

    /// <summary>The factories of a publication, by id.</summary>
    ValueTask<IReadOnlyList<Place>> PlacesAsync(string dataset, int revision, CancellationToken cancellationToken);

    /// <summary>Opens what a publication holds beside its rows, or null where it has none of it. The stream can seek.</summary>
    ValueTask<Stream?> OpenAsync(string dataset, int revision, Attachment attachment, CancellationToken cancellationToken);

    /// <summary>Small documents that belong to the portal itself (keys, alerts, what <c>watch</c> has taken): the bytes, or null.</summary>
    /// <param name="name">1 to 64 of a to z, 0 to 9 and <c>-</c>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    ValueTask<StoredDocument?> ReadDocumentAsync(string name, CancellationToken cancellationToken);

    /// <summary>Replaces a document if it is still the version that was read; false where another writer came first.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="expected">The version that was read, 0 for a new document.</param>
    /// <param name="content">What it becomes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<bool> WriteDocumentAsync(string name, long expected, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Appends lines (JSON, without line ends) to a log such as <c>audit</c> or <c>alerts</c>.</summary>
    Task AppendAsync(string log, IReadOnlyList<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken);

    /// <summary>The last lines of a log, the newest first.</summary>
    /// <param name="log">The log.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> TailAsync(string log, int count, CancellationToken cancellationToken);
}
