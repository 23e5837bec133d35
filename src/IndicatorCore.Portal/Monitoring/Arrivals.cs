using IndicatorCore.Indicators.Reading;
using IndicatorCore.Ipc;

namespace IndicatorCore.Portal.Monitoring;

/// <summary>The exports of a folder from look to look. What is gone is forgotten, so that memory follows what lies there.</summary>
/// <param name="folder">The folder.</param>
/// <param name="except">Folders in it that are passed over.</param>
/// <param name="time">Measures patience.</param>
internal sealed class Arrivals(string folder, IReadOnlyList<string> except, TimeProvider time)
{
    private readonly SortedDictionary<string, Arrival> _files = new(StringComparer.Ordinal);
    private readonly string[] _except = [.. except.Select(Path.GetFullPath).Select(Path.TrimEndingDirectorySeparator)];

    public IEnumerable<Arrival> All => _files.Values;

    /// <summary>The path within the folder.</summary>
    public string NameOf(Arrival file) => Path.GetRelativePath(folder, file.Path);

    /// <summary>Looks.</summary>
    /// <param name="waited">Since when files were waited for before this began, by name, with their stamps.</param>
    /// <returns>Files that did not change since the last look, and are neither taken nor set aside.</returns>
    /// <exception cref="IOException">The folder cannot be listed.</exception>
    public IReadOnlyList<Arrival> Look(IReadOnlyDictionary<string, (string Stamp, DateTimeOffset Since)>? waited = null)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var still = new List<Arrival>();
        foreach (var path in Files(folder))
        {
            if (FileStatus.Of(path) is not { Kind: FileKind.Regular } status)
            {
                continue;
            }

            seen.Add(path);
            if (!_files.TryGetValue(path, out var file))
            {
                _files.Add(path, file = new Arrival(path) { Status = status, Since = time.GetUtcNow() });
                if (waited is not null && waited.TryGetValue(NameOf(file), out var known) && known.Stamp == file.Stamp && known.Since < file.Since)
                {
                    file.Since = known.Since;
                }
            }
            else if (file.Status != status)
            {
                (file.Status, file.Since, file.State, file.Reason, file.IsFaulty) = (status, time.GetUtcNow(), ArrivalState.New, null, false);
            }
            else if (file.State is ArrivalState.New or ArrivalState.Waiting)
            {
                still.Add(file);
            }
        }

        foreach (var gone in _files.Keys.Where(path => !seen.Contains(path)).ToList())
        {
            _files.Remove(gone);
        }

        return still;
    }

    /// <summary>Forgets a file, so that it is looked at as if it were new.</summary>
    public void Forget(Arrival file) => _files.Remove(file.Path);

    private IEnumerable<string> Files(string root)
    {
        var folders = new Stack<string>([root]);
        while (folders.TryPop(out var inner))
        {
            if (_except.Contains(Path.TrimEndingDirectorySeparator(Path.GetFullPath(inner)), StringComparer.Ordinal))
            {
                continue;
            }

            List<string> files;
            try
            {
                if (ExportFiles.IsRegistry(inner))
                {
                    continue;
                }

                files = [.. Directory.EnumerateFiles(inner).Where(ExportFiles.IsExport)];

                // a link may lead back up
                foreach (var next in Directory.EnumerateDirectories(inner).Where(static next => !new DirectoryInfo(next).Attributes.HasFlag(FileAttributes.ReparsePoint)))
                {
                    folders.Push(next);
                }
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException && inner != root)
            {
                continue;   // gone, or closed: the others are not to wait
            }

            foreach (var file in files)
            {
                yield return file;
            }
        }
    }
}
