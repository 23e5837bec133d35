using System.Buffers;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using IndicatorCore.Compression;

namespace IndicatorCore.Bench.Compression;

/// <summary>LZ4 frames of telemetry-like columns, against copying the decoded bytes.</summary>
[MemoryDiagnoser]
public class Lz4Bench
{
    private const int Rows = 500_000;
    private byte[] _plain = [];
    private byte[] _frame = [];
    private byte[] _output = [];
    private readonly ArrayBufferWriter<byte> _encoded = new(16 << 20);

    /// <summary>The kind of column.</summary>
    [Params("timestamps", "readings", "codes", "names")]
    public string Column { get; set; } = "readings";

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _plain = Column switch
        {
            "timestamps" => Timestamps(random),
            "readings" => Bytes(Enumerable.Range(0, Rows).Select(_ => (random.Next(400) / 10.0) - 110)),
            "codes" => Bytes(Enumerable.Range(0, Rows).Select(_ => random.Next(50))),
            _ => [.. Enumerable.Range(0, Rows / 10).SelectMany(_ => System.Text.Encoding.ASCII.GetBytes($"line-{random.Next(12)}/device-{random.Next(3000):d5}"))],
        };
        _encoded.ResetWrittenCount();
        Lz4Frame.Encode(_plain, _encoded, contentChecksum: true);
        _frame = _encoded.WrittenSpan.ToArray();
        _output = new byte[_plain.Length];
    }

    [Benchmark(Baseline = true)]
    public void Copy() => _plain.CopyTo(_output, 0);

    [Benchmark]
    public void Decode() => Lz4Frame.Decode(_frame, _output, verifyChecksums: false);

    [Benchmark]
    public void DecodeAndVerify() => Lz4Frame.Decode(_frame, _output);

    [Benchmark]
    public uint Hash() => XxHash32.Hash(_plain);

    [Benchmark]
    public void Encode()
    {
        _encoded.ResetWrittenCount();
        Lz4Frame.Encode(_plain, _encoded);
    }

    private static byte[] Timestamps(Random random)
    {
        var values = new long[Rows];
        var time = 1_700_000_000_000;
        foreach (ref var value in values.AsSpan())
        {
            time += random.Next(50);
            value = time;
        }

        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }

    private static byte[] Bytes<T>(IEnumerable<T> values)
        where T : struct => MemoryMarshal.AsBytes(values.ToArray().AsSpan()).ToArray();
}
