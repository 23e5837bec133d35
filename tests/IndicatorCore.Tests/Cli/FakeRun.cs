using System.IO.Pipelines;
using IndicatorCore.Cli;
using IndicatorCore.Indicators;

namespace IndicatorCore.Tests.Cli;

/// <summary>An engine that remembers what it was asked and answers with a given report.</summary>
internal sealed class FakeRun : IIndicatorRun
{
    public IndicatorReport Report { get; init; } = Support.SampleReport.Whole;

    public Func<CancellationToken, Task>? Reading { get; init; }

    public IndicatorQuery? Query { get; set; }

    public List<string> Paths { get; } = [];

    public byte[]? Streamed { get; private set; }

    public bool IsDisposed { get; private set; }

    public IProgress<EngineProgress>? Progress { get; set; }

    public CheckpointOptions? Checkpoint { get; set; }

    public IQuarantineSink? Quarantine { get; set; }

    public Action<string>? Warning { get; set; }

    public Shard? Shard { get; set; }

    public IReadOnlyList<ManifestInput> Inputs => Report.Manifest.Inputs;

    public IReadOnlyList<StateShards> Shards => [];

    public IReadOnlyList<StateRevision> Revisions => [];

    public long MemoryUsed => 48_000;

    public long SlotCount => 1_200;

    public async Task ReadAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        Paths.AddRange(paths);
        Progress?.Report(new EngineProgress(1_000_000, 20 << 20, 10 << 20, 40 << 20));
        if (Reading is not null)
        {
            await Reading(cancellationToken);
        }
    }

    public async Task ReadAsync(PipeReader pipe, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await pipe.CopyToAsync(bytes, cancellationToken);
        Streamed = bytes.ToArray();
    }

    public Task<bool> MergeStateAsync(string path, CancellationToken cancellationToken) => Task.FromResult(true);

    public int Revise() => 1;

    public void SaveState(Stream output) => output.Write("state"u8);

    public IndicatorReport Finish(CancellationToken cancellationToken = default) => Report;

    public IndicatorReport Finish(IndicatorQuery view, CancellationToken cancellationToken) => Report;

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
