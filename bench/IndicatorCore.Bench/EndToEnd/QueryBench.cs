using BenchmarkDotNet.Attributes;
using IndicatorCore.Bench.Data;
using IndicatorCore.Indicators;

namespace IndicatorCore.Bench.EndToEnd;

/// <summary>
/// The questions of bench/peers over a small export, read and reported: Q1 counts, sums and extremes, Q2 distinct devices, Q3 a
/// quantile, all by line and hour; Q4 the built-in indicators by line and day.
/// </summary>
[MemoryDiagnoser]
public class QueryBench
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("indicatorcore-bench-");
    private IndicatorQuery _query = new();
    private string _path = string.Empty;

    [Params("Q1", "Q2", "Q3", "Q4")]
    public string Question { get; set; } = "Q1";

    [Params(false, true)]
    public bool Shuffled { get; set; }

    [Params(false, true)]
    public bool Lz4 { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _path = Path.Combine(_folder.FullName, "ticks.arrow");
        TickExport.Write(_path, Shuffled, Lz4);
        _query = Question switch
        {
            "Q1" => TickExport.Query(TickExport.Figures, threads: 1),
            "Q2" => TickExport.Query(TickExport.Distinct, threads: 1),
            "Q3" => TickExport.Query(TickExport.Quantile, threads: 1),
            _ => TickExport.BuiltIn(threads: 1),
        };
    }

    [GlobalCleanup]
    public void Cleanup() => _folder.Delete(recursive: true);

    [Benchmark(OperationsPerInvoke = TickExport.Rows)]
    public async Task<int> Ask()
    {
        await using var engine = new IndicatorEngine(_query);
        await engine.ReadAsync(_path);
        return engine.Finish().Rows.Count;
    }
}
