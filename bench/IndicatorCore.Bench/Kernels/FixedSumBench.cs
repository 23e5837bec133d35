using BenchmarkDotNet.Attributes;
using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Bench.Kernels;

/// <summary>Sums of doubles as fixed point, against plain sums of doubles in vectors, in the second cache and in memory.</summary>
[MemoryDiagnoser]
public class FixedSumBench
{
    private double[] _values = [];
    private long[] _result = new long[1];
    private int[] _ends = [];

    [Params(1 << 16, 1 << 22)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _values = [.. Enumerable.Range(0, Rows).Select(static i => (i * 7919L % 1_400 / 10.0) - 140)];
        (_result, _ends) = (new long[1], [Rows]);
    }

    [Benchmark(Baseline = true)]
    public double OfDoubles() => SumReference.OfDoubles(_values);

    [Benchmark]
    public bool Fused() => ReduceKernel.SumFixedRuns(_values, 1_000_000, _ends, _result, 1, 0);
}
