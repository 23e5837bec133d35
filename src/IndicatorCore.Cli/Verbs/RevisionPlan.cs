using IndicatorCore.Adapters.Results;
using IndicatorCore.Cli.Output;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;

namespace IndicatorCore.Cli.Verbs;

/// <summary>One run that goes on from a state and leaves a new one.</summary>
/// <param name="path">The state to go on from; it need not be there.</param>
/// <param name="newPath">Where the new state goes, or null to replace it.</param>
/// <param name="differencePath">Where the difference goes, as the user typed it, or null.</param>
/// <param name="previous">What the state says of itself, or null where there is none.</param>
/// <param name="state">Where the new state goes.</param>
/// <param name="difference">Where the difference goes, or null.</param>
internal sealed class RevisionPlan(
    string path, string? newPath, string? differencePath, StateFileInfo? previous, StateOutput state, OutputTarget? difference) : IDisposable
{
    private FileStream? _file;
    private IndicatorReport? _before;
    private int _number;

    /// <summary>The query, of the grain of the state.</summary>
    public required IndicatorQuery Query { get; init; }

    /// <summary>The files that are written.</summary>
    public IReadOnlyList<string?> Paths => [newPath ?? path, differencePath];

    /// <summary>What was done, for people.</summary>
    public string Text => Before is { } before && before == _number
        ? $"revision {_number}: nothing new since"
        : $"revision {_number}{(Before is { } last ? $", after revision {last}" : string.Empty)}";

    private int? Before => previous?.Revisions is [.., var last] ? last.Number : null;

    /// <summary>Takes the state over, and remembers what it says.</summary>
    public async Task TakeUpAsync(IIndicatorRun run, CancellationToken cancellationToken)
    {
        if (previous is null)
        {
            return;
        }

        // held open: what is kept as the revision before is what was read
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var seen = FileStatus.Of(_file.SafeFileHandle);
        await run.MergeStateAsync(path, cancellationToken);
        if (FileStatus.Of(path) != seen)
        {
            throw new InputChangedException("The state changed while it was read", new DataLocation(File: path), "Another run may be using it: start again.");
        }

        _before = difference is null ? null : run.Finish(cancellationToken);
    }

    /// <summary>Numbers the revision.</summary>
    public void Number(IIndicatorRun run) => _number = run.Revise();

    /// <summary>What is written besides results, all or nothing.</summary>
    public IEnumerable<(OutputTarget Target, Func<Stream, Task> Write)> Outputs(IIndicatorRun run, IndicatorReport report)
    {
        if (difference is not null)
        {
            yield return (difference, OutputTarget.Writing(stream => DifferenceWriter.Write(_before, report, stream)));
        }

        if (newPath is null && Before is { } before && before != _number)
        {
            yield return (OutputTarget.ToFile($"{path}.r{before}"), OutputTarget.Writing(stream => _file!.CopyTo(stream)));
        }

        if (FileStatus.Of(path) is { } now && _file is not null && now != FileStatus.Of(_file.SafeFileHandle))
        {
            throw new InputChangedException("The state changed while the inputs were read", new DataLocation(File: path), "Another run may be using it: start again.");
        }

        foreach (var output in state.Outputs(run.SaveState))
        {
            yield return output;
        }
    }

    /// <summary>What belonged to the state before, and not to the new one, goes.</summary>
    public void Finish() => state.DropOldSignature();

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();
}
