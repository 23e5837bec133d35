using BenchmarkDotNet.Attributes;
using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Bench.Kernels;

/// <summary>The 95th percentile of 1,000 groups of 200 values, against sorting each.</summary>
[MemoryDiagnoser]
public class RankBench
{
    private readonly uint[][] _groups =
        [.. Enumerable.Range(0, 1_000).Select(static i => Enumerable.Range(0, 200).Select(j => (uint)(((i * 200L) + j) * 7_919_000_003 % 50_000_000)).ToArray())];

    [Benchmark(Baseline = true)]
    public uint Sorted()
    {
        var sum = 0u;
        foreach (var group in _groups)
        {
            sum += RankReference.Select(group, 190);
        }

        return sum;
    }

    [Benchmark]
    public uint Kernel()
    {
        var sum = 0u;
        foreach (var group in _groups)
        {
            sum += RankKernel.Select(group, 190);
        }

        return sum;
    }
}
