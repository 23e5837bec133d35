using IndicatorCore.Errors;
using Microsoft.Win32.SafeHandles;

namespace IndicatorCore.Ipc;

/// <summary>An input with a length and positioned reads: an open file, or bytes in memory. Serves any number of threads.</summary>
internal sealed class RandomAccessInput : IDisposable
{
    private const string Advice = "Export to another name and rename when finished, then run again.";
    private readonly SafeFileHandle? _handle;
    private readonly PositionedRead? _read;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly string? _path;
    private readonly FileStatus _status;
    private long _bytesRead;

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">It cannot be opened, or cannot be read at chosen positions (a pipe, a device).</exception>
    public RandomAccessInput(string path)
    {
        // a pipe would be waited for, and what is taken from it is gone
        if (FileStatus.Of(path) is { Kind: not FileKind.Regular } other)
        {
            throw new IOException(other.Kind == FileKind.Directory
                ? $"'{path}' is a directory, not a file"
                : $"'{path}' is {other.Description}, which cannot be read at chosen positions as the Arrow file format needs; give it as a stream");
        }

        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            _status = FileStatus.Of(handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }

        _handle = handle;
        _read = (into, offset) => RandomAccess.Read(handle, into, offset);
        _path = path;
        Length = _status.Length;
    }

    public RandomAccessInput(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        Length = bytes.Length;
    }

    /// <summary>An input whose reads may fail or come up short.</summary>
    internal RandomAccessInput(long length, PositionedRead read)
    {
        _read = read;
        Length = length;
    }

    /// <summary>Reads at most as many bytes as fit from a position and gives their number, 0 at the end.</summary>
    internal delegate int PositionedRead(Span<byte> into, long offset);

    /// <summary>The length when it was opened.</summary>
    public long Length { get; }

    /// <summary>Whether the bytes lie in memory, so that nothing is copied.</summary>
    public bool IsInMemory => _read is null;

    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>The bytes themselves, for an input in memory: nothing needs to be copied.</summary>
    public bool TryGet(long offset, int length, out ReadOnlyMemory<byte> bytes)
    {
        if (_read is not null)
        {
            bytes = default;
            return false;
        }

        bytes = _bytes.Slice((int)offset, length);
        Interlocked.Add(ref _bytesRead, length);
        return true;
    }

    /// <summary>Reads exactly as many bytes as asked for; the range must lie within <see cref="Length"/>.</summary>
    /// <exception cref="InputChangedException">The file has become shorter.</exception>
    /// <exception cref="IOException">Reading failed.</exception>
    public void Read(long offset, Span<byte> into)
    {
        if (_read is null)
        {
            _bytes.Span.Slice((int)offset, into.Length).CopyTo(into);
        }
        else
        {
            for (var done = 0; done < into.Length;)
            {
                var read = _read(into[done..], offset + done);
                if (read == 0)
                {
                    throw new InputChangedException(
                        "The file became shorter while it was being read", new DataLocation(_path, Offset: offset + done), Advice);
                }

                done += read;
            }
        }

        Interlocked.Add(ref _bytesRead, into.Length);
    }

    /// <summary>Holds the open file, and what its path leads to now, against what was opened: device, inode, size and time of change.</summary>
    /// <exception cref="InputChangedException">It was written to, replaced or removed.</exception>
    /// <exception cref="IOException">The file system fails.</exception>
    public void CheckUnchanged()
    {
        if (_handle is null)
        {
            return;
        }

        var place = new DataLocation(_path);
        if (FileStatus.Of(_handle) != _status)
        {
            throw new InputChangedException("The file was written to while it was being read", place, Advice);
        }

        if (FileStatus.Of(_path!) is not { } there)
        {
            throw new InputChangedException("The file was removed while it was being read", place, Advice);
        }

        if (there != _status)
        {
            throw new InputChangedException("The file was replaced while it was being read", place, Advice);
        }
    }

    public void Dispose() => _handle?.Dispose();
}
