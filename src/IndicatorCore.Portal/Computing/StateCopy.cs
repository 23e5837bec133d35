using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Computing;

/// <summary>The state of a publication as a file: the store's own where it has one, else a copy that goes when it is disposed.</summary>
internal sealed class StateCopy : IAsyncDisposable
{
    private readonly Stream? _held;
    private readonly bool _isCopy;

    private StateCopy(string path, Stream? held, bool isCopy) => (Path, _held, _isCopy) = (path, held, isCopy);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Opens the state of a publication.</summary>
    /// <exception cref="InvalidDataException">The store has none.</exception>
    public static async Task<StateCopy> OpenAsync(IPortalStore store, Publication publication, CancellationToken cancellationToken)
    {
        var stream = await store.OpenAsync(publication.Dataset, publication.Revision, Attachment.State, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidDataException($"Revision {publication.Revision} of '{publication.Dataset}' was published without its state: nothing can be added to it.");
        if (stream is FileStream file)
        {
            return new StateCopy(file.Name, stream, isCopy: false);
        }

        await using (stream.ConfigureAwait(false))
        {
            return await CopyAsync(stream, long.MaxValue, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Copies a stream to a temporary file.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InvalidDataException">It has more.</exception>
    public static async Task<StateCopy> CopyAsync(Stream stream, long limit, CancellationToken cancellationToken)
    {
        // a folder of its own, which only this user may look into
        var path = System.IO.Path.Combine(Directory.CreateTempSubdirectory("indicators-state-").FullName, "state.arrow");
        var copy = new StateCopy(path, held: null, isCopy: true);
        try
        {
            var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            await using (file.ConfigureAwait(false))
            {
                var buffer = new byte[1 << 16];
                for (int read; (read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
                {
                    limit -= read;
                    if (limit < 0)
                    {
                        throw new InvalidDataException("The state is larger than may be.");
                    }

                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                }
            }

            return copy;
        }
        catch
        {
            await copy.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_held is not null)
        {
            await _held.DisposeAsync().ConfigureAwait(false);
        }

        if (_isCopy)
        {
            Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);
        }
    }
}
