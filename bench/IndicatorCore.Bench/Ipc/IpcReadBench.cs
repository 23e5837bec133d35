using BenchmarkDotNet.Attributes;
using IndicatorCore.Bench.Data;
using IndicatorCore.Columns;
using IndicatorCore.Ipc;

namespace IndicatorCore.Bench.Ipc;

/// <summary>Reading and decoding a file of wide telemetry: three of its columns, all of them, and the bare copy of three columns' values.</summary>
[MemoryDiagnoser]
public class IpcReadBench
{
    private static readonly string[] s_columns = ["event_ts", "rsrp_dbm", "sinr_db"];

    private readonly BatchLease _lease = new();
    private TelemetryExport _export = null!;
    private IpcFileReader _reader = null!;
    private Projection _three = null!;
    private Projection _all = null!;
    private byte[] _values = [];
    private byte[] _copy = [];

    /// <summary>Whether buffers are LZ4 frames.</summary>
    [Params(true, false)]
    public bool Lz4 { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _export = new TelemetryExport(200_000, Lz4);
        _reader = IpcFileReader.Open(_export.Largest);
        _three = Projection.Of(_reader.Schema, Enumerable.Range(0, _reader.Schema.Fields.Count).Where(i => s_columns.Contains(_reader.Schema.Fields[i].Name)));
        _all = Projection.All(_reader.Schema);
        var rows = Enumerable.Range(0, _reader.BatchCount).Sum(batch => _reader.BatchInfo(batch).Rows);
        _values = new byte[rows * (sizeof(long) + sizeof(float) + sizeof(float))];
        _copy = new byte[_values.Length];
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _lease.Dispose();
        _reader.Dispose();
        _export.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void CopyThreeColumns() => _values.CopyTo(_copy, 0);

    [Benchmark]
    public int ReadThreeColumns() => Read(_three);

    [Benchmark]
    public int ReadAllColumns() => Read(_all);

    private int Read(Projection projection)
    {
        var rows = 0;
        for (var batch = 0; batch < _reader.BatchCount; batch++)
        {
            _reader.Read(batch, projection, _lease);
            rows += _lease.View().Length;
        }

        return rows;
    }
}
