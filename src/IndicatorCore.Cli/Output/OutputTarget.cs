using IndicatorCore.Ipc;

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
    public Task WriteAsync(Action<Stream> write, CancellationToken cancellationToken) => WriteAsync(Writing(write), cancellationToken);

    /// <summary>Lets <paramref name="write"/> write the whole output; on any failure a file stays as it was.</summary>
    /// <exception cref="BrokenPipeException">The reader of standard output has left.</exception>
    public Task WriteAsync(Func<Stream, Task> write, CancellationToken cancellationToken) => WriteAllAsync([(this, write)], cancellationToken);

    /// <summary>What writes at once, for <see cref="WriteAllAsync"/>.</summary>
    public static Func<Stream, Task> Writing(Action<Stream> write) => stream =>
    {
        write(stream);
        return Task.CompletedTask;
    };

    /// <summary>Writes outputs that belong together: files appear when all of them are whole, else they stay as they were.</summary>
    /// <exception cref="BrokenPipeException">The reader of standard output has left.</exception>
    public static async Task WriteAllAsync(
        IReadOnlyList<(OutputTarget Target, Func<Stream, Task> Write)> outputs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var whole = new List<(string Temporary, string Path)>();
        try
        {
            // files first: what has gone to standard output or a pipe cannot be taken back
            foreach (var (target, write) in outputs.Where(static output => !output.Target.IsSequential))
            {
                target.Check();
                var path = target.FinalPath();
                var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".indicators-{Environment.ProcessId}-{Path.GetRandomFileName()}.tmp");
                whole.Add((temporary, path));
                await using var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes);
                await write(file);
                file.Flush(flushToDisk: true);
            }

            foreach (var (target, write) in outputs.Where(static output => output.Target.IsSequential))
            {
                await target.WriteSequentialAsync(write);
            }

            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (temporary, path) in whole)
            {
                File.Move(temporary, path, overwrite: true);
            }
        }
        catch
        {
            foreach (var (temporary, _) in whole)
            {
                File.Delete(temporary);
            }

            throw;
        }
    }

    /// <summary>Standard output, pipes and devices are written to, never replaced.</summary>
    private bool IsSequential => _path is null || FileStatus.Of(_path) is { IsSequential: true } || _path.StartsWith("/proc/", StringComparison.Ordinal);

    /// <summary>The file itself, where the path is a link to it.</summary>
    private string FinalPath() => new FileInfo(_path!).LinkTarget is null ? _path! : File.ResolveLinkTarget(_path!, returnFinalTarget: true)!.FullName;

    private async Task WriteSequentialAsync(Func<Stream, Task> write)
    {
        await using var opened = _path is null ? null : new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var standard = new StandardOutputStream(_standard ?? opened!);
        var buffered = new BufferedStream(standard, BufferBytes);   // not disposed: standard output stays open
        await write(buffered);
        await buffered.FlushAsync();
    }
}
