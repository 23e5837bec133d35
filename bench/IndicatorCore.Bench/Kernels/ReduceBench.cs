using BenchmarkDotNet.Attributes;
using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Bench.Kernels;

/// <summary>Each reduction of 10,000 rows by nulls and length of runs, against row by row.</summary>
[MemoryDiagnoser]
public class ReduceBench
{
    private const int Rows = 10_000;

    private readonly long[] _values = ChunkInputs.Longs(Rows);
    private readonly long[] _matrix = new long[Rows * 4];
    private ulong[] _mask = [];
    private int[] _ends = [];

    [Params(1, 10, 100, 1_000, 10_000)]
    public int Run { get; set; }

    [Params(0, 1, 50, 100)]
    public int NullPercent { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _mask = NullPercent == 0 ? [] : ChunkInputs.Valid(Rows, NullPercent);
        _ends = ChunkInputs.Ends(Rows, Run);
    }

    [Benchmark(Baseline = true)]
    public void SumRowByRow() => ReduceReference.SumRuns(_values, _mask, _ends, _matrix, 4, 0);

    [Benchmark]
    public void Sum() => ReduceKernel.SumRuns(_values, _mask, _ends, _matrix, 4, 0);

    [Benchmark]
    public void MaxRowByRow() => ReduceReference.MaxRuns(_values, _mask, _ends, negate: true, _matrix, 4, 1);

    [Benchmark]
    public void Max() => ReduceKernel.MaxRuns(_values, _mask, _ends, negate: true, _matrix, 4, 1);
}
