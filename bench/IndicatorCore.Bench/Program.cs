using BenchmarkDotNet.Running;
using IndicatorCore.Bench.Compression;
using IndicatorCore.Bench.Data;
using IndicatorCore.Bench.Guards;
using IndicatorCore.Bench.Io;
using IndicatorCore.Bench.Planted;
using IndicatorCore.Bench.Regression;

return args switch
{
    ["--gate", .. var options] => GuardCheck.Run(options),
    ["--regress", .. var options] => RegressionCheck.Run(options),
    ["--planted"] => PlantedCheck.Run(),
    ["--lz4", .. var options] => Lz4Comparison.Run(options),
    ["--export", var folder, var rows] => TelemetryExport.Write(folder, long.Parse(rows)),
    ["--ahead", var rows, var rounds, .. var options] => ReadAheadComparison.Run(long.Parse(rows), int.Parse(rounds), options.Contains("--lz4")),
    ["--io", .. var options] => IoComparison.Run(options),
    ["--profile", var folder, .. var select] => StageProfile.Run(folder, select),
    ["--catalogue", var folder, var rows, var rounds] => CatalogueCost.Run(folder, long.Parse(rows), int.Parse(rounds)),
    ["--merge", var slots, var rounds] => StateMergeCost.InMemory(int.Parse(slots), int.Parse(rounds)),
    ["--merge-files", var registry, var rounds, .. var states] => StateMergeCost.Files(registry, int.Parse(rounds), states),
    _ => RunBenchmarks(args),
};

static int RunBenchmarks(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(TelemetryExport).Assembly).Run(args);
    return 0;
}
