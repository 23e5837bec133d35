using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using IndicatorCore.Portal.Storage.Folders;

namespace IndicatorCore.Portal.Storage;

/// <summary>
/// The embedded store: a folder of files. A publication is a folder of its own, written beside, flushed and renamed when it is whole; rows are served from its file by an index
/// in memory. One process writes at a time, several may read; what one publishes the others see.
/// </summary>
public sealed class FolderStore : IPortalStore
{
    private const string Datasets = "datasets";
    private const string Documents = "documents";
    private const string Logs = "logs";
    private const string Temporary = "temp";
    private const string LockName = "lock";
    private const long IndexedRows = 16 << 20;
    private const int IndexedFolders = 64;   // each holds a file open
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(2);

    private readonly string _directory;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, List<PublicationFolder>> _datasets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FolderLog> _logs = new(StringComparer.Ordinal);
    private DateTime _seen;
    private long _uses;

    /// <summary>A store in a folder, which need not be there yet.</summary>
    public FolderStore(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        _directory = Path.GetFullPath(directory);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The folder cannot be made, or is something else.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        foreach (var name in new[] { Datasets, Documents, Logs, Temporary })
        {
            Directory.CreateDirectory(In(name));
        }

        DurableFile.Sync(_directory);
        await CleanAsync(cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            Refresh();
        }
    }

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken) => Directory.Exists(In(Datasets)) && Directory.Exists(In(Documents))
        ? Task.CompletedTask
        : throw new DirectoryNotFoundException("The folder of the store is gone.");

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Publication>> PublicationsAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Refresh();
            return ValueTask.FromResult<IReadOnlyList<Publication>>([.. _datasets.Values.SelectMany(static revisions => Enumerable.Reverse(revisions)).Select(static folder => folder.Publication)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Publication?> FindAsync(string dataset, int? revision, CancellationToken cancellationToken) => ValueTask.FromResult(Find(dataset, revision)?.Publication);

    /// <inheritdoc/>
    public async Task<Publication> PublishAsync(PublicationDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentOutOfRangeException.ThrowIfNegative(draft.Follows);
        using (new DraftRows(draft))
        {
            CheckFollows(draft);
        }

        var work = Path.Combine(In(Temporary), Guid.NewGuid().ToString("N"));
        var held = FolderLock.TryTake(work + ".lock") ?? throw new IOException("A temporary folder of the store is taken.");
        try
        {
            Directory.CreateDirectory(work);
            await Task.Run(() => PublicationFolder.Write(work, draft, cancellationToken), cancellationToken).ConfigureAwait(false);
            return await AloneAsync(() => Publish(draft, work), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (Directory.Exists(work))
            {
                Directory.Delete(work, recursive: true);
            }

            File.Delete(work + ".lock");
            await held.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask<RowPage?> RowsAsync(RowQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Offset);
        return ValueTask.FromResult(Find(query.Dataset, query.Revision) is { } folder ? Use(folder).Page(folder.Publication, query) : null);
    }

    /// <inheritdoc/>
    public ValueTask<StoredRow?> RowAsync(string dataset, int revision, long number, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Find(dataset, revision) is { } folder ? Use(folder).Row(number) : null);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Place>> PlacesAsync(string dataset, int revision, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Find(dataset, revision)?.Places() ?? []);

    /// <inheritdoc/>
    public ValueTask<Stream?> OpenAsync(string dataset, int revision, Attachment attachment, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Find(dataset, revision)?.OpenAttachment(attachment));

    /// <inheritdoc/>
    public ValueTask<StoredDocument?> ReadDocumentAsync(string name, CancellationToken cancellationToken)
    {
        StoreNames.CheckDocument(name);
        return ValueTask.FromResult(ReadDocument(name));
    }

    /// <inheritdoc/>
    public Task<bool> WriteDocumentAsync(string name, long expected, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        StoreNames.CheckDocument(name);
        ArgumentOutOfRangeException.ThrowIfNegative(expected);
        return AloneAsync(
            () =>
            {
                if ((ReadDocument(name)?.Version ?? 0) != expected)
                {
                    return false;
                }

                var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{expected + 1}\n"));
                DurableFile.Replace(Path.Combine(In(Documents), name), Path.Combine(In(Temporary), name + ".document"), head, content.Span);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task AppendAsync(string log, IReadOnlyList<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lines);
        foreach (var line in lines)
        {
            if (line.Span.Contains((byte)'\n'))
            {
                throw new ArgumentException("A line of a log has no line end.", nameof(lines));
            }
        }

        return lines.Count == 0 ? Task.CompletedTask : Log(log).AppendAsync(lines, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> TailAsync(string log, int count, CancellationToken cancellationToken) => ValueTask.FromResult(Log(log).Tail(count));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        foreach (var log in _logs.Values)
        {
            log.Dispose();
        }

        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    private string In(string name) => Path.Combine(_directory, name);

    private FolderLog Log(string name)
    {
        StoreNames.CheckDocument(name);
        return _logs.GetOrAdd(name, static (log, folder) => new FolderLog(folder, log, s_patience), In(Logs));
    }

    private async Task<T> AloneAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var held = await FolderLock.TakeAsync(In(LockName), s_patience, cancellationToken).ConfigureAwait(false);
            await using (held.ConfigureAwait(false))
            {
                return work();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private StoredDocument? ReadDocument(string name)
    {
        var path = Path.Combine(In(Documents), name);
        if (!File.Exists(path))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(path);
        var end = bytes.AsSpan().IndexOf((byte)'\n');
        return end > 0 && long.TryParse(bytes.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new StoredDocument(version, bytes.AsMemory(end + 1))
            : throw new InvalidDataException($"The store's document '{name}' is damaged: restore the store from a copy.");
    }

    private void CheckFollows(PublicationDraft draft)
    {
        if ((Find(draft.Dataset, revision: null)?.Publication.Revision ?? 0) is var newest && newest != draft.Follows)
        {
            throw new PublicationConflictException($"The newest revision of '{draft.Dataset}' is {newest}, and this one follows {draft.Follows}.");
        }
    }

    private Publication Publish(PublicationDraft draft, string work)
    {
        CheckFollows(draft);
        var folder = Path.Combine(In(Datasets), draft.Dataset);
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            DurableFile.Sync(In(Datasets));
        }

        Directory.Move(work, Path.Combine(folder, PublicationFiles.FolderOf(draft.Follows + 1)));
        DurableFile.Sync(folder);
        return Find(draft.Dataset, draft.Follows + 1)!.Publication;
    }

    private PublicationFolder? Find(string dataset, int? revision)
    {
        if (!StoreNames.IsDataset(dataset))
        {
            return null;
        }

        lock (_lock)
        {
            var revisions = Refresh(dataset);
            return revisions is null or [] || revision < 1 || revision > revisions.Count ? null : revision is { } number ? revisions[number - 1] : revisions[^1];
        }
    }

    private void Refresh()
    {
        // what was written long before it was looked at, and not since, has no more than was seen; times of files go in steps
        var changed = Directory.GetLastWriteTimeUtc(In(Datasets));
        if (changed == _seen)
        {
            foreach (var dataset in _datasets.Keys.ToArray())
            {
                Refresh(dataset);
            }

            return;
        }

        _seen = DateTime.UtcNow - changed > s_settled ? changed : default;
        foreach (var folder in Directory.EnumerateDirectories(In(Datasets)))
        {
            if (Path.GetFileName(folder) is var name && StoreNames.IsDataset(name))
            {
                Refresh(name);
            }
        }
    }

    // revisions have no gaps and never go: looking for the next one finds all that others have published
    private List<PublicationFolder>? Refresh(string dataset)
    {
        var known = _datasets.GetValueOrDefault(dataset);
        while (true)
        {
            var path = Path.Combine(In(Datasets), dataset, PublicationFiles.FolderOf((known?.Count ?? 0) + 1));
            if (!Directory.Exists(path))
            {
                return known;
            }

            var folder = PublicationFolder.Open(path, known?[^1].Publication);
            if (known is null)
            {
                _datasets.Add(dataset, known = []);
            }

            known.Add(folder);
        }
    }

    private PublicationRows Use(PublicationFolder folder)
    {
        folder.LastUse = Interlocked.Increment(ref _uses);
        var isTakenUp = folder.IndexedRows > 0;
        var rows = folder.Rows();
        if (!isTakenUp)
        {
            ReleaseOthers(folder);
        }

        return rows;
    }

    private void ReleaseOthers(PublicationFolder newest)
    {
        lock (_lock)
        {
            var held = newest.IndexedRows;
            var folders = 1;
            foreach (var folder in _datasets.Values.SelectMany(static revisions => revisions).Where(folder => folder != newest && folder.IndexedRows > 0).OrderByDescending(static folder => folder.LastUse))
            {
                held += folder.IndexedRows;
                if (held > IndexedRows || ++folders > IndexedFolders)
                {
                    folder.Release();
                }
            }
        }
    }

    // what a killed process has left: its lock is free, that of a living one is not
    private Task CleanAsync(CancellationToken cancellationToken) => AloneAsync(
        () =>
        {
            foreach (var document in Directory.EnumerateFiles(In(Temporary), "*.document"))
            {
                File.Delete(document);
            }

            foreach (var folder in Directory.EnumerateDirectories(In(Temporary)))
            {
                using var free = FolderLock.TryTake(folder + ".lock");
                if (free is not null)
                {
                    Directory.Delete(folder, recursive: true);
                    File.Delete(folder + ".lock");
                }
            }

            return true;
        },
        cancellationToken);
}
