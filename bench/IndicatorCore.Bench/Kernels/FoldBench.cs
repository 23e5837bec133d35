using BenchmarkDotNet.Attributes;
using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Bench.Kernels;

/// <summary>Rows of a chunk into 96,000 records, against number by number.</summary>
[MemoryDiagnoser]
public class FoldBench
{
    private const int Records = 96_000;

    private readonly int[][] _places = [.. Enumerable.Range(0, 64).Select(Places)];
    private long[] _lanes = [];
    private long[] _records = [];
    private int _next;

    [Params(8, 12, 16, 20)]
    public int Stride { get; set; }

    [GlobalSetup]
    public void Setup() => (_lanes, _records) = (ChunkInputs.Longs(2_048 * Stride), new long[Records * Stride]);

    [Benchmark(Baseline = true)]
    public void NumberByNumber() => FoldReference.AddRows(_lanes, 2_048, 2_048, 8, Stride, _places[_next++ & 63], _records);

    [Benchmark]
    public void Kernel() => FoldKernel.AddRows(_lanes, 2_048, 2_048, 8, Stride, _places[_next++ & 63], _records);

    private static int[] Places(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 2_048).Select(_ => random.Next(Records))];
    }
}
