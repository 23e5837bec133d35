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

    /// <summary>Bytes that state takes now.</summary>
    long MemoryUsed { get; }

    /// <summary>How many slots it has.</summary>
    long SlotCount { get; }

    /// <summary>Reads files: paths, directories or globs.</summary>
    Task ReadAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken);

    /// <summary>Reads a stream.</summary>
    Task ReadAsync(PipeReader pipe, CancellationToken cancellationToken);

    /// <summary>Makes the report.</summary>
    IndicatorReport Finish(CancellationToken cancellationToken = default);
}
