using IndicatorCore.Errors;
using Microsoft.Win32.SafeHandles;

namespace IndicatorCore.Ipc;

/// <summary>An input with a length and positioned reads: an open file, or bytes in memory. Serves any number of threads.</summary>
internal sealed class RandomAccessInput : IDisposable
{
    private readonly SafeFileHandle? _handle;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly string? _path;
    private readonly DateTime _modified;
    private long _bytesRead;

    public RandomAccessInput(string path)
    {
        _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _path = path;
        try
        {
            Length = RandomAccess.GetLength(_handle);
            _modified = File.GetLastWriteTimeUtc(_handle);
        }
        catch (NotSupportedException fault)
        {
            _handle.Dispose();
            throw new IOException($"{path} cannot be read at chosen positions, as the Arrow file format needs; give it as a stream.", fault);
        }
    }

    public RandomAccessInput(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        Length = bytes.Length;
    }

    /// <summary>The length when it was opened.</summary>
    public long Length { get; }

    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>The bytes themselves, for an input in memory: nothing needs to be copied.</summary>
    public bool TryGet(long offset, int length, out ReadOnlyMemory<byte> bytes)
    {
        if (_handle is not null)
        {
            bytes = default;
            return false;
        }

        bytes = _bytes.Slice((int)offset, length);
        Interlocked.Add(ref _bytesRead, length);
        return true;
    }

    /// <summary>Reads exactly as many bytes as asked for; the range must lie within <see cref="Length"/>.</summary>
    public void Read(long offset, Span<byte> into)
    {
        if (_handle is null)
        {
            _bytes.Span.Slice((int)offset, into.Length).CopyTo(into);
        }
        else
        {
            for (var done = 0; done < into.Length;)
            {
                var read = RandomAccess.Read(_handle, into[done..], offset + done);
                if (read == 0)
                {
                    throw new InputChangedException(
                        "The file became shorter while it was being read",
                        new DataLocation(Offset: offset + done),
                        "Export to another name and rename when finished.");
                }

                done += read;
            }
        }

        Interlocked.Add(ref _bytesRead, into.Length);
    }

    /// <summary>Throws when the file's length, time of change or place is not what it was at open.</summary>
    public void CheckUnchanged()
    {
        if (_handle is null)
        {
            return;
        }

        if (RandomAccess.GetLength(_handle) != Length || File.GetLastWriteTimeUtc(_handle) != _modified)
        {
            throw new InputChangedException("The file changed while it was being read", new DataLocation(_path));
        }
    }

    public void Dispose() => _handle?.Dispose();
}
