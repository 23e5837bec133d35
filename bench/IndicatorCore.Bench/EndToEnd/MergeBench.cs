using BenchmarkDotNet.Attributes;
using IndicatorCore.Bench.Data;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reading;
using IndicatorCore.Indicators.State;
using IndicatorCore.Ipc;

namespace IndicatorCore.Bench.EndToEnd;

/// <summary>A worker's state of twelve figures by line and hour merged into the engine's, as at the end of reading.</summary>
[MemoryDiagnoser]
public class MergeBench
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("indicatorcore-bench-");
    private IndicatorEngine _engine = null!;
    private EngineWorker _worker = null!;
    private EngineState _target = null!;

    [GlobalSetup]
    public void Setup()
    {
        var path = Path.Combine(_folder.FullName, "ticks.arrow");
        TickExport.Write(path, shuffled: true, compress: false);
        _engine = new IndicatorEngine(TickExport.Query(TickExport.Figures, threads: 1));
        _worker = new EngineWorker(_engine.Context);
        _target = _engine.Context.NewState();
        using var reader = IpcFileReader.Open(path);
        var binding = InputBinding.Create(_engine.Context, reader.Schema, path);
        var tally = new InputTally { Name = "merge" };
        for (var batch = 0; batch < reader.BatchCount; batch++)
        {
            reader.Read(batch, binding.Projection, _worker.Lease);
            var rows = _worker.Reader(binding);
            rows.Begin(_worker.Lease.View());
            rows.Read(_worker.Lease.View(), batch, tally, CancellationToken.None);
        }

        _worker.Settle();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _worker.Dispose();
        _engine.Dispose();
        _folder.Delete(recursive: true);
    }

    [Benchmark]
    public void Merge() => _target.MergeFrom(_worker.State, new StateKeyMap());
}
