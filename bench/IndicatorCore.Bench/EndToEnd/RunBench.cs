using BenchmarkDotNet.Attributes;
using IndicatorCore.Bench.Data;
using IndicatorCore.Columns;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Ipc;

namespace IndicatorCore.Bench.EndToEnd;

/// <summary>All indicators by factory over files of wide LZ4 telemetry, against decoding the buffers that they need and nothing else.</summary>
[MemoryDiagnoser]
public class RunBench
{
    private readonly BatchLease _lease = new();
    private TelemetryExport _export = null!;

    /// <summary>Worker threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup() => _export = new TelemetryExport(400_000, compress: true);

    [GlobalCleanup]
    public void Cleanup()
    {
        _lease.Dispose();
        _export.Dispose();
    }

    [Benchmark(Baseline = true)]
    public long DecodeAlone()
    {
        using var engine = new IndicatorEngine(_export.Query(Threads));
        var rows = 0L;
        foreach (var file in _export.Files)
        {
            using var reader = IpcFileReader.Open(file);
            var projection = InputBinding.Create(engine.Context, reader.Schema, file).Projection;
            for (var batch = 0; batch < reader.BatchCount; batch++)
            {
                reader.Read(batch, projection, _lease);
                rows += _lease.View().Length;
            }
        }

        return rows;
    }

    [Benchmark]
    public async Task<int> ReadAndFinish()
    {
        await using var engine = new IndicatorEngine(_export.Query(Threads));
        await engine.ReadAsync(_export.Files);
        return engine.Finish().Rows.Count;
    }

    [Benchmark]
    public async Task<long> ReadAlone()
    {
        await using var engine = new IndicatorEngine(_export.Query(Threads));
        await engine.ReadAsync(_export.Files);
        return engine.MemoryUsed;
    }
}
