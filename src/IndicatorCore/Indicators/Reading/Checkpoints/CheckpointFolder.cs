using System.Globalization;
using System.Text.Json;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.State;
using IndicatorCore.Indicators.StateFiles;

namespace IndicatorCore.Indicators.Reading.Checkpoints;

/// <summary>
/// The state files of one run in a directory, numbered as they came. A file is there whole or not at all: it is written beside its name,
/// flushed, and renamed. One that stands in for others says so, so that a kill between its renaming and their deletion does no harm.
/// </summary>
internal sealed class CheckpointFolder : IDisposable
{
    private const string Suffix = ".state";
    private const string Unfinished = ".tmp";

    private readonly string _directory;
    private readonly FileStream _lock;
    private readonly StateFileWriter _writer;
    private readonly StateFileReader _reader;
    private long _last;

    /// <summary>Opens the directory, makes it if need be, and keeps other runs out of it.</summary>
    /// <exception cref="IOException">It cannot be used, or another run uses it.</exception>
    public CheckpointFolder(string directory, StateFileWriter writer, StateFileReader reader)
    {
        _directory = directory;
        (_writer, _reader) = (writer, reader);
        Directory.CreateDirectory(directory);
        try
        {
            _lock = new FileStream(Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault)
        {
            throw new IOException($"The checkpoint directory '{directory}' is in use by another run, or cannot be locked. {fault.Message}", fault);
        }
    }

    /// <summary>The numbers of the files that count, ascending: what others stand in for is deleted, and what was never finished.</summary>
    /// <exception cref="IndicatorDataException">A file is of another query, or none of ours.</exception>
    public List<long> Open()
    {
        foreach (var unfinished in Directory.EnumerateFiles(_directory, "*" + Unfinished))
        {
            File.Delete(unfinished);
        }

        var numbers = Directory.EnumerateFiles(_directory, "*" + Suffix).Select(NumberOf).Where(static number => number > 0).Order().ToList();
        var replaced = new HashSet<long>();
        foreach (var number in numbers)
        {
            replaced.UnionWith(Replaced(_reader.ReadHeader(PathOf(number)).Checkpoint));
        }

        _last = numbers.Count == 0 ? 0 : numbers[^1];
        foreach (var number in numbers.Where(replaced.Contains))
        {
            Delete(number);
        }

        return [.. numbers.Where(number => !replaced.Contains(number))];
    }

    /// <summary>Reads a file.</summary>
    public Task<StateFile> ReadAsync(long number, CancellationToken cancellationToken) => _reader.ReadAsync(PathOf(number), cancellationToken);

    /// <summary>Writes a file that stands in for others, which are deleted then.</summary>
    /// <returns>Its number.</returns>
    public long Write(EngineState state, IEnumerable<InputTally> inputs, IReadOnlyList<long> replaced)
    {
        var number = ++_last;
        var path = PathOf(number);
        using (var file = new FileStream(path + Unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            _writer.Write(file, state, inputs, KeyValuePair.Create(StateSchema.CheckpointKey, $"[{string.Join(',', replaced)}]"));
            file.Flush(flushToDisk: true);
        }

        File.Move(path + Unfinished, path);
        DirectorySync.Flush(_directory);
        foreach (var other in replaced)
        {
            Delete(other);
        }

        return number;
    }

    /// <summary>Deletes a file.</summary>
    public void Delete(long number) => File.Delete(PathOf(number));

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static long NumberOf(string path) =>
        long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static long[] Replaced(string? json)
    {
        try
        {
            using var document = JsonDocument.Parse(json ?? "[]");
            return [.. document.RootElement.EnumerateArray().Select(static number => number.GetInt64())];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            throw new MalformedArrowException("A checkpoint does not say what it stands in for", inner: fault);
        }
    }

    private string PathOf(long number) => Path.Combine(_directory, string.Create(CultureInfo.InvariantCulture, $"{number:D8}{Suffix}"));
}
