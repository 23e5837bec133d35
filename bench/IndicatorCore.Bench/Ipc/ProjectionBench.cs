using BenchmarkDotNet.Attributes;
using IndicatorCore.Bench.Data;
using IndicatorCore.Columns;
using IndicatorCore.Ipc;

namespace IndicatorCore.Bench.Ipc;

/// <summary>Reading and decoding a file by how many of its columns are needed, plain and LZ4; once warm nothing is allocated.</summary>
[MemoryDiagnoser]
public class ProjectionBench
{
    private readonly BatchLease _lease = new();
    private TelemetryExport _export = null!;
    private IpcFileReader _reader = null!;
    private Projection _projection = null!;

    /// <summary>Whether buffers are LZ4 frames.</summary>
    [Params(false, true)]
    public bool Lz4 { get; set; }

    /// <summary>How many columns are needed; 0 = all.</summary>
    [Params(1, 3, 0)]
    public int Columns { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _export = new TelemetryExport(400_000, Lz4);
        _reader = IpcFileReader.Open(_export.Largest);
        var count = _reader.Schema.Fields.Count;
        _projection = Columns == 0 ? Projection.All(_reader.Schema)
            : Projection.Of(_reader.Schema, Enumerable.Range(0, Columns).Select(i => i * count / Columns));
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _lease.Dispose();
        _reader.Dispose();
        _export.Dispose();
    }

    /// <summary>Rows of all batches.</summary>
    [Benchmark]
    public long ReadAndDecode()
    {
        var rows = 0L;
        for (var batch = 0; batch < _reader.BatchCount; batch++)
        {
            _reader.Read(batch, _projection, _lease);
            rows += _lease.View().Length;
        }

        return rows;
    }
}
