using IndicatorCore.Errors;
using Microsoft.Win32.SafeHandles;

namespace IndicatorCore.Spilling;

/// <summary>A file of one engine, written once from its start and read from any place; it is gone when it is closed.</summary>
internal sealed class SpillFile : IDisposable
{
    private readonly FileStream? _stream;
    private readonly Action<long> _count;

    /// <summary>Takes over a handle.</summary>
    /// <param name="handle">The file, open for reading and writing.</param>
    /// <param name="place">What errors call its directory.</param>
    /// <param name="count">Is told how much is written.</param>
    public SpillFile(SafeFileHandle handle, string place, Action<long> count) => (Handle, Place, _count) = (handle, place, count);

    private SpillFile(FileStream stream, string place, Action<long> count)
        : this(stream.SafeFileHandle, place, count) => _stream = stream;

    /// <summary>What errors call its directory.</summary>
    public string Place { get; }

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    /// <summary>The open file.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Makes a file that only its owner may read, and takes its name away.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="place">What errors call that.</param>
    /// <param name="count">Is told how much is written.</param>
    public static SpillFile Create(string directory, string place, Action<long> count)
    {
        var path = Path.Combine(directory, $"indicators-{Path.GetRandomFileName()}.spill");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,   // never what is there already, nor what a link leads to
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (OperatingSystem.IsWindows())
        {
            options.Options = FileOptions.DeleteOnClose;
        }
        else
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var stream = new FileStream(path, options);
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.Delete(path);
            }

            return new SpillFile(stream, place, count);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Writes behind what is there.</summary>
    /// <exception cref="SpillException">The disk does not take it.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(Handle, bytes, Length);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SpillException(
                $"The disk does not take what the memory budget does not hold: {fault.Message}",
                Place,
                "Free some room there, name another directory with --spill DIR, or give more memory with --memory.",
                fault);
        }

        Length += bytes.Length;
        _count(bytes.Length);
    }

    /// <summary>Reads bytes that were written.</summary>
    /// <exception cref="SpillException">They cannot be read, or are not there any more.</exception>
    public void Read(Span<byte> bytes, long offset)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                var read = RandomAccess.Read(Handle, bytes, offset);
                if (read == 0)
                {
                    throw Damaged("it ends early");
                }

                bytes = bytes[read..];
                offset += read;
            }
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or (IOException and not SpillException))
        {
            throw Damaged(fault.Message, fault);
        }
    }

    /// <summary>What is thrown when bytes do not come back as they were written.</summary>
    public SpillException Damaged(string problem, Exception? inner = null) => new(
        $"A spill file cannot be read back: {problem}", Place, "Read the inputs again, with another directory in --spill DIR or with more --memory.", inner);

    /// <inheritdoc/>
    public void Dispose()
    {
        Handle.Dispose();
        _stream?.Dispose();
    }
}
