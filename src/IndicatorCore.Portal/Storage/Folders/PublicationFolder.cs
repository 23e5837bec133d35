namespace IndicatorCore.Portal.Storage.Folders;

/// <summary>One publication in its folder. Its index is taken up when rows are first asked for, and may be let go.</summary>
/// <param name="path">The folder.</param>
/// <param name="head">What it says of itself.</param>
internal sealed class PublicationFolder(string path, PublicationHead head)
{
    private readonly Lock _lock = new();
    private IReadOnlyList<Place>? _places;
    private PublicationRows? _rows;

    /// <summary>The publication.</summary>
    public Publication Publication => head.Publication;

    /// <summary>When rows were last asked for, as a count of the store.</summary>
    public long LastUse { get; set; }

    /// <summary>How many rows are indexed in memory.</summary>
    public long IndexedRows => Volatile.Read(ref _rows) is null ? 0 : head.Publication.Rows;

    /// <summary>Takes up a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="before">The revision before, or null: names that both have are kept once, for revisions may be many.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static PublicationFolder Open(string path, Publication? before = null)
    {
        var head = PublicationFiles.Read<PublicationHead>(Path.Combine(path, PublicationFiles.Head));
        var rows = new FileInfo(Path.Combine(path, PublicationFiles.Rows));
        return rows.Exists && rows.Length == head.RowBytes && head.ViewRows.Count == head.Publication.Views.Count && head.ViewRows.Sum() == head.Publication.Rows
            ? new PublicationFolder(path, before is null ? head : head with { Publication = Share(head.Publication, before) })
            : throw new InvalidDataException($"The store's file '{rows.FullName}' is not as long as it was written: restore the store from a copy.");
    }

    /// <summary>Writes a draft into an empty folder. Nothing of it counts before the folder is renamed.</summary>
    public static void Write(string path, PublicationDraft draft, CancellationToken cancellationToken)
    {
        const int RowsBetweenChecks = 1024;
        using var rows = new DraftRows(draft);
        var index = new RowIndexBuilder();
        var viewRows = draft.Views.ToDictionary(static view => view.Key, static _ => 0L, StringComparer.Ordinal);
        var bytes = 0L;
        DurableFile.Write(Path.Combine(path, PublicationFiles.Rows), output =>
        {
            foreach (var row in rows.Read())
            {
                if (row.Number % RowsBetweenChecks == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                output.Write(row.Json.Span);
                output.WriteByte((byte)'\n');
                bytes += row.Json.Length + 1;
                viewRows[row.View]++;
                index.Add(row.View, row.Level, RowFacts.Of(row.Row), row.Json.Length + 1);
            }
        });
        var head = new PublicationHead(rows.ToPublication(draft.Follows + 1), bytes, [.. draft.Views.Select(view => viewRows[view.Key])]);
        DurableFile.Write(Path.Combine(path, PublicationFiles.Index), output => RowIndexFile.Write(output, index.Build(head.Publication.Views)));
        DurableFile.Write(Path.Combine(path, PublicationFiles.Places), output => PublicationFiles.Write(output, draft.Places));
        foreach (var (attachment, write) in draft.Attachments.OrderBy(static pair => pair.Key))
        {
            cancellationToken.ThrowIfCancellationRequested();
            DurableFile.Write(Path.Combine(path, PublicationFiles.Of(attachment)), write);
        }

        DurableFile.Write(Path.Combine(path, PublicationFiles.Head), output => PublicationFiles.Write(output, head));
        DurableFile.Sync(path);
    }

    /// <summary>The factories.</summary>
    public IReadOnlyList<Place> Places() => _places ??= PublicationFiles.Read<List<Place>>(Path.Combine(path, PublicationFiles.Places));

    /// <summary>Opens an attachment, or returns null.</summary>
    public Stream? OpenAttachment(Attachment attachment)
    {
        var file = Path.Combine(path, PublicationFiles.Of(attachment));
        return File.Exists(file) ? new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16) : null;
    }

    /// <summary>The rows, indexed.</summary>
    public PublicationRows Rows()
    {
        if (Volatile.Read(ref _rows) is { } known)
        {
            return known;
        }

        lock (_lock)
        {
            return _rows ??= TakeUp();
        }
    }

    /// <summary>Lets the index go; who reads by it still may.</summary>
    public void Release()
    {
        Volatile.Write(ref _rows, null);
        _places = null;
    }

    private static Publication Share(Publication publication, Publication before) => publication with
    {
        Views = Shared(publication.Views, before.Views),
        Levels = Shared(publication.Levels, before.Levels),
        Indicators = Shared(publication.Indicators, before.Indicators),
        TimeZone = publication.TimeZone == before.TimeZone ? before.TimeZone : publication.TimeZone,
        Dataset = before.Dataset,
    };

    private static IReadOnlyList<string> Shared(IReadOnlyList<string> names, IReadOnlyList<string> before) => names.SequenceEqual(before, StringComparer.Ordinal) ? before : names;

    private PublicationRows TakeUp()
    {
        var file = Path.Combine(path, PublicationFiles.Rows);
        var index = RowIndexFile.Read(Path.Combine(path, PublicationFiles.Index), head.Publication.Rows, head.RowBytes) is { } kept
            && kept.Views.SequenceEqual(head.Publication.Views, StringComparer.Ordinal)
                ? kept
                : MakeAgain(file);
        var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.RandomAccess);
        return new PublicationRows(handle, index, new RowPostings(index, new PlaceTree(Places())));
    }

    // the rows are what was published: an index is only faster
    private RowIndex MakeAgain(string file)
    {
        var builder = new RowIndexBuilder();
        using var reader = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var buffer = new byte[1 << 20];
        var (filled, view, left) = (0, -1, 0L);
        for (int read; (read = reader.Read(buffer, filled, buffer.Length - filled)) > 0;)
        {
            filled += read;
            var at = 0;
            for (int length; (length = buffer.AsSpan(at..filled).IndexOf((byte)'\n')) >= 0; at += length + 1)
            {
                while (left == 0)
                {
                    left = head.ViewRows[++view];
                }

                var row = RowFacts.Parse(buffer.AsSpan(at, length));
                builder.Add(head.Publication.Views[view], string.Join(',', row.Group.Select(static pair => pair.Key)), row, length + 1);
                left--;
            }

            buffer.AsSpan(at..filled).CopyTo(buffer);
            filled -= at;
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, 2 * buffer.Length);
            }
        }

        return builder.Build(head.Publication.Views);
    }
}
