using System.IO.Pipelines;
using IndicatorCore.Indicators;

namespace IndicatorCore.Cli;

/// <summary>What the command line asks of an engine.</summary>
internal interface IIndicatorRun : IAsyncDisposable
{
    /// <summary>Where progress is reported, or null.</summary>
    IProgress<EngineProgress>? Progress { get; set; }

    /// <summary>Where finished state is kept, or null.</summary>
    CheckpointOptions? Checkpoint { get; set; }

    /// <summary>Where quarantined rows go, or null; set before anything is read.</summary>
    IQuarantineSink? Quarantine { get; set; }

    /// <summary>Takes warnings before files are read, or null.</summary>
    Action<string>? Warning { get; set; }

    /// <summary>Which part of the export is read, or null for all; set before anything is read.</summary>
    Shard? Shard { get; set; }

    /// <summary>The inputs so far, by name.</summary>
    IReadOnlyList<ManifestInput> Inputs { get; }

    /// <summary>Which shards of which plans the state holds.</summary>
    IReadOnlyList<StateShards> Shards { get; }

    /// <summary>The revisions of the state.</summary>
    IReadOnlyList<StateRevision> Revisions { get; }

    /// <summary>Bytes that state takes now.</summary>
    long MemoryUsed { get; }

    /// <summary>How many slots it has.</summary>
    long SlotCount { get; }

    /// <summary>Reads files: paths, directories or globs.</summary>
    Task ReadAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken);

    /// <summary>Reads a stream.</summary>
    Task ReadAsync(PipeReader pipe, CancellationToken cancellationToken);

    /// <summary>Takes over the state of a file; false when it was there already.</summary>
    Task<bool> MergeStateAsync(string path, CancellationToken cancellationToken);

    /// <summary>Makes what is new a revision, and returns its number.</summary>
    int Revise();

    /// <summary>Writes the state.</summary>
    void SaveState(Stream output);

    /// <summary>Makes another report of the same state, such as one by calendar windows.</summary>
    /// <param name="view">What it asks for; the state's grain holds it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    IndicatorReport Finish(IndicatorQuery view, CancellationToken cancellationToken);

    /// <summary>Makes the report.</summary>
    IndicatorReport Finish(CancellationToken cancellationToken = default);
}
