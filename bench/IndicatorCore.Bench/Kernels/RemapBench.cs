using BenchmarkDotNet.Attributes;
using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Bench.Kernels;

/// <summary>Dictionary indices of a chunk to codes, against one by one.</summary>
[MemoryDiagnoser]
public class RemapBench
{
    private readonly uint[] _indices = [.. Enumerable.Range(0, 2_048).Select(static i => (uint)(i * 7919 % 96))];
    private readonly int[] _codes = [.. Enumerable.Range(0, 96)];
    private readonly int[] _result = new int[2_048];
    private ulong[] _valid = [];

    [Params(0, 1, 50, 100)]
    public int NullPercent { get; set; }

    [GlobalSetup]
    public void Setup() => _valid = NullPercent == 0 ? [] : ChunkInputs.Valid(2_048, NullPercent);

    [Benchmark(Baseline = true)]
    public void OneByOne() => GatherReference.Remap<uint>(_indices, _codes, _valid, _result);

    [Benchmark]
    public void Kernel() => GatherKernel.Remap<uint>(_indices, _codes, _valid, _result);
}
