using IndicatorCore.Indicators.Reading.Checkpoints;

namespace IndicatorCore.Portal.Storage.Folders;

/// <summary>Files that are there whole and lasting, or not at all.</summary>
internal static class DurableFile
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Writes a new file and makes it last.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes);
        write(file);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Replaces a file when the new content is whole.</summary>
    public static void Replace(string path, string temporary, ReadOnlySpan<byte> first, ReadOnlySpan<byte> rest)
    {
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(first);
            file.Write(rest);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes what was renamed in a folder last.</summary>
    public static void Sync(string folder) => DirectorySync.Flush(folder);
}
