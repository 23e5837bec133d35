namespace IndicatorCore.Cli.Output;

/// <summary>Where a command's results go: standard output, or a file that appears whole or not at all.</summary>
internal sealed class OutputTarget
{
    private const int BufferBytes = 64 * 1024;
    private readonly Stream? _standard;
    private readonly string? _path;

    private OutputTarget(Stream? standard, string? path)
    {
        _standard = standard;
        _path = path;
    }

    /// <summary>Standard output.</summary>
    public static OutputTarget Standard(CommandContext context) => new(context.StandardOutput, path: null);

    /// <summary>A file, replaced when the new content is whole.</summary>
    public static OutputTarget ToFile(string path) => new(standard: null, path);

    /// <summary>Whether it is standard output.</summary>
    public bool IsStandard => _path is null;

    /// <summary>Fails early, before hours of work, when the file cannot be there.</summary>
    /// <exception cref="IOException">The folder is missing or the path is a folder.</exception>
    public void Check()
    {
        if (_path is null)
        {
            return;
        }

        if (Directory.Exists(_path))
        {
            throw new IOException($"'{_path}' is a directory; name a file with --out");
        }

        if (Path.GetDirectoryName(_path) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The directory '{folder}' of the output file does not exist; create it first");
        }
    }

    /// <summary>Lets <paramref name="write"/> write the whole output; on any failure a file stays as it was.</summary>
    /// <exception cref="BrokenPipeException">The reader of standard output has left.</exception>
    public Task WriteAsync(Action<Stream> write, CancellationToken cancellationToken) => WriteAsync(
        stream =>
        {
            write(stream);
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Lets <paramref name="write"/> write the whole output; on any failure a file stays as it was.</summary>
    /// <exception cref="BrokenPipeException">The reader of standard output has left.</exception>
    public async Task WriteAsync(Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_path is null)
        {
            await WriteStandardAsync(write);
        }
        else if (IsDevice(_path))
        {
            await using var device = new FileStream(_path, FileMode.Open, FileAccess.Write);
            await write(device);
        }
        else
        {
            Check();
            var link = File.Exists(_path) ? File.ResolveLinkTarget(_path, returnFinalTarget: true) : null;
            await WriteFileAsync(write, link?.FullName ?? _path, cancellationToken);
        }
    }

    private async Task WriteStandardAsync(Func<Stream, Task> write)
    {
        var standard = new StandardOutputStream(_standard!);
        var buffered = new BufferedStream(standard, BufferBytes);   // not disposed: standard output stays open
        await write(buffered);
        await buffered.FlushAsync();
    }

    private static async Task WriteFileAsync(Func<Stream, Task> write, string path, CancellationToken cancellationToken)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Environment.ProcessId}.tmp");
        try
        {
            await using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes))
            {
                await write(file);
                file.Flush(flushToDisk: true);
            }

            cancellationToken.ThrowIfCancellationRequested();
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Devices and pipes are written to, never replaced.</summary>
    private static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);
}
