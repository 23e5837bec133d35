using BenchmarkDotNet.Attributes;
using IndicatorCore.Compression;
using IndicatorCore.Reference.Compression;

namespace IndicatorCore.Bench.Compression;

/// <summary>XXH32, against its twin.</summary>
[MemoryDiagnoser]
public class XxHash32Bench
{
    private byte[] _data = [];

    [Params(15, 1 << 16, 1 << 22)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _data = new byte[Bytes];
        new Random(1).NextBytes(_data);
    }

    [Benchmark(Baseline = true)]
    public uint Twin() => XxHash32Reference.Hash(_data);

    [Benchmark]
    public uint Hash() => XxHash32.Hash(_data);
}
