using System.Diagnostics;
using IndicatorCore.Adapters.Registry;
using IndicatorCore.Columns;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Ipc;

namespace IndicatorCore.Bench.Data;

/// <summary>Where the time and the memory of a run over an export go, by stage, on one thread.</summary>
internal static class StageProfile
{
    /// <summary>Reads every file of a folder that <see cref="TelemetryExport.Write"/> made, and reports.</summary>
    public static int Run(string folder, string[] select)
    {
        var query = new IndicatorQuery
        {
            Registry = RegistryReader.Read(Path.Combine(folder, "registry")),
            GroupBy = ["factory"],
            Select = select,
            Threads = 1,
        };
        using var engine = new IndicatorEngine(query);
        var stages = new Dictionary<string, long>();
        var rows = 0L;
        using var lease = new BatchLease();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        foreach (var path in Directory.GetFiles(folder, "*.arrow").Where(static path => !path.Contains("resend", StringComparison.Ordinal)).Order())
        {
            using var reader = IpcFileReader.Open(path);
            var projection = InputBinding.Create(engine.Context, reader.Schema, path).Projection;
            for (var batch = 0; batch < reader.BatchCount; batch++)
            {
                Timed("read", () => reader.Read(batch, projection, lease));
                Timed("decode", () => lease.Decode());
                Timed("fold", () => engine.Add(lease.View()));
                rows += lease.RowCount;
            }
        }

        Memory("read");
        Timed("finish", () => Console.WriteLine($"{engine.Finish().Rows.Count} result rows"));
        Memory("finished");
        foreach (var (stage, ticks) in stages)
        {
            var seconds = ticks / (double)Stopwatch.Frequency;
            Console.WriteLine($"{stage,-8} {seconds,8:0.000} s  {seconds / rows * 1e9,8:0.0} ns/row");
        }

        return 0;

        void Timed(string stage, Action action)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            stages[stage] = stages.GetValueOrDefault(stage) + (Stopwatch.GetTimestamp() - start);
        }

        void Memory(string when)
        {
            using var process = Process.GetCurrentProcess();
            Console.WriteLine($"{when}: {rows:N0} rows, state {engine.MemoryUsed >> 20} MiB, heap {GC.GetTotalMemory(false) >> 20} MiB, "
                + $"allocated {(GC.GetAllocatedBytesForCurrentThread() - allocated) >> 20} MiB, peak {process.PeakWorkingSet64 >> 20} MiB");
        }
    }
}
