using System.IO.Pipelines;
using IndicatorCore.Indicators;

namespace IndicatorCore.Cli;

/// <summary>The library's engine behind <see cref="IIndicatorRun"/>.</summary>
internal sealed class EngineRun : IIndicatorRun
{
    private readonly IndicatorEngine _engine;

    public EngineRun(IndicatorQuery query) => _engine = new IndicatorEngine(query);

    public IProgress<EngineProgress>? Progress
    {
        get => _engine.Progress;
        set => _engine.Progress = value;
    }

    public CheckpointOptions? Checkpoint
    {
        get => _engine.Checkpoint;
        set => _engine.Checkpoint = value;
    }

    public IQuarantineSink? Quarantine
    {
        get => _engine.Quarantine;
        set => _engine.Quarantine = value;
    }

    public Action<string>? Warning
    {
        get => _engine.Warning;
        set => _engine.Warning = value;
    }

    public Shard? Shard
    {
        get => _engine.Shard;
        set => _engine.Shard = value;
    }

    public IReadOnlyList<ManifestInput> Inputs => _engine.Inputs;

    public IReadOnlyList<StateShards> Shards => _engine.Shards;

    public IReadOnlyList<StateRevision> Revisions => _engine.Revisions;

    public long MemoryUsed => _engine.MemoryUsed;

    public long SlotCount => _engine.SlotCount;

    public Task ReadAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken) => _engine.ReadAsync(paths, cancellationToken);

    public Task ReadAsync(PipeReader pipe, CancellationToken cancellationToken) => _engine.ReadAsync(pipe, cancellationToken);

    public Task<bool> MergeStateAsync(string path, CancellationToken cancellationToken) => _engine.MergeStateAsync(path, cancellationToken);

    public int Revise() => _engine.Revise();

    public void SaveState(Stream output) => _engine.SaveState(output);

    public IndicatorReport Finish(CancellationToken cancellationToken = default) => _engine.Finish(cancellationToken);

    public IndicatorReport Finish(IndicatorQuery view, CancellationToken cancellationToken)
    {
        using var other = new IndicatorEngine(view);
        other.Merge(_engine);
        return other.Finish(cancellationToken);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
