using BenchmarkDotNet.Attributes;
using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Bench.Kernels;

/// <summary>Changes of a chunk and the runs between them, against row by row.</summary>
[MemoryDiagnoser]
public class RunBench
{
    private readonly ulong[] _changes = new ulong[32];
    private readonly int[] _ends = new int[2_048];
    private int[] _values = [];

    [Params(1, 10, 100, 1_000)]
    public int Run { get; set; }

    [GlobalSetup]
    public void Setup() => _values = [.. Enumerable.Range(0, 2_048).Select(i => i / Run)];

    [Benchmark(Baseline = true)]
    public int RowByRow()
    {
        RunReference.MarkChanges<int>(_values, _changes, accumulate: false);
        return RunReference.Ends(_changes, 2_048, _ends);
    }

    [Benchmark]
    public int Kernel()
    {
        RunKernel.MarkChanges(_values, _changes, accumulate: false);
        return RunKernel.Ends(_changes, 2_048, _ends);
    }
}
