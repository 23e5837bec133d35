using IndicatorCore.Errors;

namespace IndicatorCore.Spilling;

/// <summary>
/// Where one engine keeps on disk what its memory budget does not hold. Files have no name by the time anything is written to them, so
/// that nothing is left behind however the process ends, and nothing else can open them.
/// </summary>
/// <param name="directory">The directory, made if need be; null = a private one below the system's temporary one.</param>
internal sealed class SpillSpace(string? directory)
{
    private long _written;

    /// <summary>The directory as people know it.</summary>
    public string Place { get; } = directory ?? Path.GetTempPath();

    /// <summary>Stops what takes long: that of the engine's call at hand, which is one at a time.</summary>
    public CancellationToken Cancellation { get; set; }

    /// <summary>Bytes written so far.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Makes sure that files can be made, so that one hears of it before hours of work.</summary>
    /// <exception cref="SpillException">They cannot.</exception>
    public void Check()
    {
        if (directory is not null)
        {
            Create().Dispose();
        }
    }

    /// <summary>A new, empty file.</summary>
    /// <exception cref="SpillException">It cannot be made.</exception>
    public SpillFile Create()
    {
        try
        {
            if (directory is not null)
            {
                Directory.CreateDirectory(directory);
                return SpillFile.Create(directory, Place, Count);
            }

            var own = Directory.CreateTempSubdirectory("indicators-");
            try
            {
                return SpillFile.Create(own.FullName, Place, Count);
            }
            finally
            {
                if (!OperatingSystem.IsWindows())
                {
                    own.Delete();   // the file in it has no name any more
                }
            }
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or (IOException and not SpillException))
        {
            throw new SpillException(
                $"What the memory budget does not hold cannot be kept on disk: {fault.Message}",
                Place,
                "Name a directory that can be written to with --spill DIR, or give more memory with --memory.",
                fault);
        }
    }

    private void Count(long bytes) => Interlocked.Add(ref _written, bytes);
}
