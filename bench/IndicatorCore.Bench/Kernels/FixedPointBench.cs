using BenchmarkDotNet.Attributes;
using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Bench.Kernels;

/// <summary>A chunk of readings to fixed point, against the plain loops of the reference.</summary>
[MemoryDiagnoser]
public class FixedPointBench
{
    private readonly double[] _values = [.. Enumerable.Range(0, 2_048).Select(static i => (i * 7919 % 1_400 / 10.0) - 140)];
    private readonly long[] _results = new long[2_048];

    [Benchmark(Baseline = true)]
    public void OneByOne() => FixedPointReference.ConvertOneByOne(_values, 1_000_000, _results);

    [Benchmark]
    public void ByDecimal() => FixedPointReference.ConvertByDecimal(_values, 1_000_000, _results);

    [Benchmark]
    public void ByWholeNumbers() => FixedPointReference.Convert(_values, 1_000_000, _results);

    [Benchmark]
    public void Kernel() => FixedPointKernel.Convert(_values, 1_000_000, _results);
}
