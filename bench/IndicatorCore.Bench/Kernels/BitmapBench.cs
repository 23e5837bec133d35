using BenchmarkDotNet.Attributes;
using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Bench.Kernels;

/// <summary>Counts of bitmaps by run, against bit by bit.</summary>
[MemoryDiagnoser]
public class BitmapBench
{
    private readonly ulong[] _low = ChunkInputs.Valid(2_048, 50);
    private readonly ulong[] _high = ChunkInputs.Valid(2_048, 9);
    private readonly long[] _matrix = new long[2_048 * 4];
    private int[] _ends = [];

    [Params(1, 10, 50, 1_000)]
    public int Run { get; set; }

    [GlobalSetup]
    public void Setup() => _ends = ChunkInputs.Ends(2_048, Run);

    [Benchmark(Baseline = true)]
    public void BitByBit() => BitmapReference.CountRuns(_low, _high, _ends, _matrix, 4, 0);

    [Benchmark]
    public void Kernel() => BitmapKernel.CountRuns(_low, _high, _ends, _matrix, 4, 0);
}
