using BenchmarkDotNet.Attributes;
using IndicatorCore.Bench.Data;
using IndicatorCore.Ipc;

namespace IndicatorCore.Bench.Ipc;

/// <summary>What a file says of itself: footer and schema, and the metadata of its batches (FlatBuffers, read and checked in place).</summary>
[MemoryDiagnoser]
public class MetadataBench
{
    private TelemetryExport _export = null!;
    private ReadOnlyMemory<byte> _bytes;
    private IpcFileReader _reader = null!;
    private Projection _all = null!;

    [GlobalSetup]
    public void Setup()
    {
        _export = new TelemetryExport(200_000, compress: true, batchRows: 4_096);
        _bytes = File.ReadAllBytes(_export.Largest);
        _reader = IpcFileReader.Open(_bytes, "telemetry");
        _all = Projection.All(_reader.Schema);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _reader.Dispose();
        _export.Dispose();
    }

    /// <summary>Footer and schema.</summary>
    [Benchmark]
    public int Open()
    {
        using var reader = IpcFileReader.Open(_bytes, "telemetry");
        return reader.BatchCount;
    }

    /// <summary>Rows and codec of every batch.</summary>
    [Benchmark]
    public long BatchHeads()
    {
        var rows = 0L;
        for (var batch = 0; batch < _reader.BatchCount; batch++)
        {
            rows += _reader.BatchInfo(batch).Rows;
        }

        return rows;
    }

    /// <summary>Nodes and buffers of every column of every batch.</summary>
    [Benchmark]
    public int BatchLayouts()
    {
        var ranges = 0;
        for (var batch = 0; batch < _reader.BatchCount; batch++)
        {
            ranges += _reader.NeededRanges(batch, _all).Length;
        }

        return ranges;
    }
}
