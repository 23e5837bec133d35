using System.Diagnostics;
using System.Globalization;
using IndicatorCore.Bench.Data;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;

namespace IndicatorCore.Bench.Io;

/// <summary>Compares a read of a whole export with and without reading ahead, with its files in the page cache and without.</summary>
internal static class ReadAheadComparison
{
    private static readonly bool?[] s_modes = [false, true, null];

    /// <summary>Makes an export, runs the comparison and prints a Markdown table.</summary>
    public static int Run(long rows, int rounds, bool compress)
    {
        using var export = new TelemetryExport(rows, compress);
        var seconds = new Dictionary<(bool? Mode, bool IsCold), double[]>();
        var draw = new Random(20261121);
        for (var round = -1; round < rounds; round++)
        {
            var order = s_modes.SelectMany(static mode => new[] { (Mode: mode, IsCold: false), (Mode: mode, IsCold: true) }).ToArray();
            draw.Shuffle(order);
            foreach (var (mode, isCold) in order)
            {
                var time = Read(export, mode, isCold);
                seconds.TryAdd((mode, isCold), new double[rounds]);
                if (round >= 0)
                {
                    seconds[(mode, isCold)][round] = time;
                }
            }
        }

        var bytes = export.Files.Sum(static file => new FileInfo(file).Length);
        Console.WriteLine($"\n{bytes / 1e6:0} MB{(compress ? ", LZ4" : string.Empty)}, {rounds} rounds\n\n| reading ahead | warm | cold |\n| --- | --- | --- |");
        foreach (var mode in s_modes)
        {
            var name = mode switch { false => "never", true => "always", null => "where reads are slow" };
            Console.WriteLine($"| {name} | {Ratio(mode, isCold: false)} | {Ratio(mode, isCold: true)} |");
        }

        return 0;

        string Ratio(bool? mode, bool isCold)
        {
            var ratios = seconds[(mode, isCold)].Zip(seconds[(false, isCold)], static (own, never) => own / never).Order().ToArray();
            return ratios[rounds / 2].ToString("0.000", CultureInfo.InvariantCulture);
        }
    }

    private static double Read(TelemetryExport export, bool? mode, bool isCold)
    {
        foreach (var path in export.Files)
        {
            using var file = File.OpenHandle(path);
            if (isCold)
            {
                PageCache.Drop(file);
            }
        }

        using var engine = new IndicatorEngine(export.Query(2) with { Select = ["energy_kwh", "cov_sample"], Reading = new IpcReaderOptions { ReadAhead = mode } });
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        engine.ReadAsync(export.Files).GetAwaiter().GetResult();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
