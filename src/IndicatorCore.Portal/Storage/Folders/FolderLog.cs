namespace IndicatorCore.Portal.Storage.Folders;

/// <summary>A log as a file of lines. Lines that wait while others are written go with one flush.</summary>
/// <param name="folder">The folder of logs.</param>
/// <param name="name">The log.</param>
/// <param name="patience">How long to wait for another process.</param>
internal sealed class FolderLog(string folder, string name, TimeSpan patience) : IDisposable
{
    private const int TailBytes = 1 << 16;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _lock = new();
    private readonly string _path = Path.Combine(folder, name + ".ndjson");
    private List<ReadOnlyMemory<byte>> _waiting = [];
    private TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Appends lines and makes them last.</summary>
    public async Task AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken)
    {
        Task written;
        lock (_lock)
        {
            _waiting.AddRange(lines);
            written = _written.Task;
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        List<ReadOnlyMemory<byte>> taken;
        TaskCompletionSource done;
        try
        {
            lock (_lock)
            {
                (taken, _waiting) = (_waiting, []);
                (done, _written) = (_written, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            if (taken.Count > 0)
            {
                try
                {
                    await WriteAsync(taken).ConfigureAwait(false);
                }
                catch (Exception problem)
                {
                    done.SetException(problem);
                    _ = done.Task.Exception;   // seen by who waits for it, if anybody does
                    throw;
                }
            }

            done.TrySetResult();
        }
        finally
        {
            _turn.Release();
        }

        await written.ConfigureAwait(false);
    }

    /// <summary>The last lines, the newest first; what was not written to its line end is none.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Tail(int count)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        if (count <= 0 || !File.Exists(_path))
        {
            return found;
        }

        using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var position = file.Length;
        byte[] rest = [];
        var isWhole = false;   // whether what follows in the file is a line end
        while (position > 0 && found.Count < count)
        {
            var size = (int)Math.Min(TailBytes, position);
            var block = new byte[size + rest.Length];
            position -= size;
            file.Position = position;
            file.ReadExactly(block, 0, size);
            rest.CopyTo(block, size);
            var end = block.Length;
            for (var at = size - 1; at >= 0 && found.Count < count; at--)
            {
                if (block[at] != (byte)'\n')
                {
                    continue;
                }

                if (isWhole)
                {
                    found.Add(block.AsMemory((at + 1)..end));
                }

                (isWhole, end) = (true, at);
            }

            rest = block[..end];
        }

        if (position == 0 && isWhole && found.Count < count)
        {
            found.Add(rest);
        }

        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task WriteAsync(List<ReadOnlyMemory<byte>> lines)
    {
        var taken = await FolderLock.TakeAsync(_path + ".lock", patience, CancellationToken.None).ConfigureAwait(false);
        await using (taken.ConfigureAwait(false))
        {
            using var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
            var isNew = file.Length == 0;
            file.SetLength(WholeLength(file));   // a line that a killed process did not end was never acknowledged
            file.Position = file.Length;
            foreach (var line in lines)
            {
                file.Write(line.Span);
                file.WriteByte((byte)'\n');
            }

            file.Flush(flushToDisk: true);
            if (isNew)
            {
                DurableFile.Sync(folder);
            }
        }
    }

    private static long WholeLength(FileStream file)
    {
        for (var end = file.Length; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
            {
                return end;
            }
        }

        return 0;
    }
}
