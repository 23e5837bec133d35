using System.Diagnostics;

namespace IndicatorCore.Portal.Storage.Folders;

/// <summary>What one process alone may do at a time: a file that is open in it. The system lets go of it when the process ends, however it ends.</summary>
internal static class FolderLock
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Takes a lock, waiting for others.</summary>
    /// <param name="path">The file.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="IOException">Another process has held it all the time.</exception>
    public static async Task<FileStream> TakeAsync(string path, TimeSpan patience, CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            if (Stopwatch.GetElapsedTime(since) > patience)
            {
                throw new IOException($"Another process has been writing to this store for {patience.TotalSeconds:0} seconds; let it end, or stop it");
            }

            await Task.Delay(s_pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes a lock if nobody holds it.</summary>
    /// <exception cref="IOException">The file cannot be there.</exception>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException problem) when (problem.GetType() == typeof(IOException) && File.Exists(path))
        {
            return null;
        }
    }
}
