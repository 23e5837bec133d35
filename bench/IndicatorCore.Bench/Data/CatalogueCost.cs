using System.Diagnostics;
using IndicatorCore.Adapters.Registry;
using IndicatorCore.Generation;
using IndicatorCore.Indicators;

namespace IndicatorCore.Bench.Data;

/// <summary>
/// What each indicator of the catalogue costs over one generated export: processor time on one thread and bytes of state, read and reported.
/// Once alone, beyond a run that counts nothing but the registry; once as the last of all, beyond the whole catalogue without it.
/// </summary>
internal static class CatalogueCost
{
    private const string Nothing = "bs_macro";   // of the registry alone: files are opened, and times of events are read
    private static readonly string[] s_four = ["knr", "cov_sample", "eff_gain", "cost_red"];

    /// <summary>Measures and prints a Markdown table; makes the export where the folder has none.</summary>
    /// <param name="folder">The folder of the export.</param>
    /// <param name="rows">How many rows to make.</param>
    /// <param name="rounds">How many rounds, in each of which every case runs once, their order drawn anew.</param>
    public static int Run(string folder, long rows, int rounds)
    {
        if (!File.Exists(Path.Combine(folder, "expected.json")))
        {
            new ProvinceGenerator(new GenerationOptions { OutputDirectory = folder, Rows = rows, Periods = true }).Generate();
        }

        var query = new IndicatorQuery
        {
            Registry = RegistryReader.Read(Path.Combine(folder, "registry")),
            GroupBy = ["factory", "line"],
            Profile = DefinitionProfile.TestNoFloor,
            Threads = 1,
        };
        var ids = IndicatorCatalog.All.Select(static indicator => indicator.Id).ToList();
        var cases = new Dictionary<string, string[]> { ["nothing"] = [Nothing], ["the four"] = s_four, ["all"] = [.. ids] };
        foreach (var id in ids)
        {
            cases.Add($"alone {id}", [id, Nothing]);
            cases.Add($"without {id}", [.. ids.Where(other => other != id)]);
        }

        var times = cases.Keys.ToDictionary(static name => name, _ => new double[rounds]);
        var states = new Dictionary<string, long>();
        var order = cases.Keys.ToArray();
        var random = new Random(1);
        Measure(query with { Select = [.. ids] }, folder, out _);   // compiled before anything counts
        for (var round = 0; round < rounds; round++)
        {
            random.Shuffle(order);
            foreach (var name in order)
            {
                times[name][round] = Measure(query with { Select = cases[name] }, folder, out var state);
                states[name] = state;
            }
        }

        Console.WriteLine($"Median of {rounds} rounds, processor time on one thread, {folder}");
        Console.WriteLine();
        Console.WriteLine("| indicator | alone, ms | alone, KiB | as the last of all, ms | as the last of all, KiB |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        foreach (var id in ids)
        {
            Line(id, $"alone {id}", "nothing", "all", $"without {id}");
        }

        Console.WriteLine();
        Line("the four of the first release", "the four", "nothing", null, null);
        Line("all of the catalogue", "all", "nothing", null, null);
        Console.WriteLine();
        Console.WriteLine($"nothing: {Median(times["nothing"]):0.0} ms, {states["nothing"] / 1024.0:0.0} KiB; the parts alone add up to "
            + $"{ids.Sum(id => Median(times[$"alone {id}"]) - Median(times["nothing"])):0.0} ms, the whole is {Median(times["all"]) - Median(times["nothing"]):0.0} ms");
        return 0;

        void Line(string name, string with, string without, string? lastWith, string? lastWithout)
        {
            var last = lastWith is null || lastWithout is null
                ? "| |"
                : $"{Median(times[lastWith]) - Median(times[lastWithout]):0.0} | {(states[lastWith] - states[lastWithout]) / 1024.0:0.0} |";
            Console.WriteLine($"| `{name}` | {Median(times[with]) - Median(times[without]):0.0} | {(states[with] - states[without]) / 1024.0:0.0} | {last}");
        }
    }

    private static double Measure(IndicatorQuery query, string folder, out long state)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        using var engine = new IndicatorEngine(query);
        engine.ReadAsync(folder).GetAwaiter().GetResult();
        state = engine.MemoryUsed;
        GC.KeepAlive(engine.Finish().Manifest.RowDigest);
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds;
    }

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
