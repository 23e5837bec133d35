using BenchmarkDotNet.Attributes;
using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Bench.Kernels;

/// <summary>Instants of a chunk to panes, against a division a row.</summary>
[MemoryDiagnoser]
public class PaneBench
{
    private readonly long[] _instants = ChunkInputs.Longs(2_048);
    private readonly int[] _result = new int[2_048];

    [Benchmark(Baseline = true)]
    public void OneByOne() => PaneReference.DivideOneByOne(_instants, -1L << 40, 86_400_000, 0, _result);

    [Benchmark]
    public void Kernel() => PaneKernel.Divide(_instants, -1L << 40, 86_400_000, 0, _result);
}
