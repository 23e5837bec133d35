using System.IO.Pipelines;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;

namespace IndicatorCore.Indicators.Reading;

/// <summary>
/// A pipe, device or file read once from its first byte to its last. A read that blocks in the system is left behind when the caller
/// cancels, with memory of its own, so that a writer that stalls stops nobody.
/// </summary>
internal sealed class ExportStream : Stream
{
    private const int BufferBytes = 256 * 1024;
    private readonly FileStream _inner;
    private readonly FileStatus _status;
    private readonly byte[] _buffer = new byte[BufferBytes];

    private ExportStream(FileStream inner)
    {
        _inner = inner;
        _status = FileStatus.Of(inner.SafeFileHandle);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether a path leads to what can only be read once, in order, so that it must not even be peeked at.</summary>
    public static bool IsSequential(string path) => FileStatus.Of(path) is { IsSequential: true };

    /// <summary>Opens a path; a named pipe waits for its writer.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">The token asked for it.</exception>
    public static async Task<ExportStream> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var opening = Task.Factory.StartNew(
            () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        try
        {
            return new ExportStream(await opening.WaitAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            _ = opening.ContinueWith(static late => late.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }
    }

    /// <summary>Its bytes as a pipe; completing that leaves the stream open, to be looked at once more.</summary>
    public PipeReader ToPipe() => PipeReader.Create(this, new StreamPipeReaderOptions(bufferSize: BufferBytes, leaveOpen: true));

    /// <summary>After the last read: holds a file, and what its path leads to now, against what was opened. Pipes and devices always pass.</summary>
    /// <exception cref="InputChangedException">It was written to, replaced or removed.</exception>
    public void CheckUnchanged()
    {
        if (_status.Kind == FileKind.Regular && (FileStatus.Of(_inner.SafeFileHandle) != _status || FileStatus.Of(_inner.Name) != _status))
        {
            throw new InputChangedException(
                "The file was written to, replaced or removed while it was being read",
                new DataLocation(_inner.Name),
                "Export to another name and rename when finished, then run again.");
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = Math.Min(buffer.Length, _buffer.Length);
        var reading = Task.Run(() => _inner.Read(_buffer, 0, wanted), CancellationToken.None);
        var read = await reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        _buffer.AsSpan(0, read).CopyTo(buffer.Span);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => _inner.Read(buffer, offset, count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
