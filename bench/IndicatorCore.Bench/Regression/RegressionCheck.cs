using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;
using System.Text.Json.Serialization;
using IndicatorCore.Bench.Guards;
using IndicatorCore.Columns;

namespace IndicatorCore.Bench.Regression;

/// <summary>Compares the ways in of this build with those of an earlier commit, in one process.</summary>
internal static class RegressionCheck
{
    private const int Regressed = 5;
    private const int Unusable = 2;
    private const int MostLayouts = 8;
    private const int PairsALayout = 30;
    private const int Tries = 3;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Measures, one line a path; 0 when none regressed or there is nothing to compare with, 2 when it cannot be told, 5 when one regressed at every try.</summary>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        try
        {
            return Run(RegressionOptions.Parse(arguments));
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or DirectoryNotFoundException)
        {
            Console.Error.WriteLine(exception.Message);
            return Unusable;
        }
    }

    /// <summary>Pairs of contexts that so many pairs are spread over.</summary>
    public static int Layouts(int pairs) => Math.Clamp(pairs / PairsALayout, 1, MostLayouts);

    private static int Run(RegressionOptions options)
    {
        if (typeof(Schema).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
        {
            throw new InvalidOperationException("this is a debug build: run it with -c Release");
        }

        var root = Root();
        var build = new BaselineBuild(root);
        var wanted = options.Baseline ?? BaselineBuild.Wanted(File.ReadLines(Path.Combine(root, "bench", "baseline.txt")));
        if (build.Resolve(wanted) is not { } hash)
        {
            Console.WriteLine($"no history: not compared (this clone does not hold the baseline {wanted})");
            return 0;
        }

        var started = Stopwatch.StartNew();
        var baseline = build.FileOf(hash);
        var building = started.Elapsed.TotalSeconds;
        var present = options.Self ? baseline : Path.Combine(AppContext.BaseDirectory, "IndicatorCore.dll");
        var layouts = Layouts(options.Pairs);
        Console.WriteLine($"{(options.Self ? "the baseline" : "this build")} over {hash[..7]}: ratio of times [99 % interval], pairs, verdict");

        using var data = new RegressionData();
        var names = new SideContext(present).Names.Where(name => options.Only is null || name == options.Only).ToArray();
        if (names.Length == 0)
        {
            throw new FormatException($"there is no path {options.Only}");
        }

        var results = Measure(names, options.Pairs, layouts, seed: 1);
        for (var attempt = 2; attempt <= Tries; attempt++)
        {
            var doubtful = results.Where(static result => result.Verdict == RegressionVerdict.Regressed).Select(static result => result.Path).ToArray();
            if (doubtful.Length == 0)
            {
                break;
            }

            Console.WriteLine($"measured again: {string.Join(", ", doubtful)}");
            var again = Measure(doubtful, options.Pairs, layouts, attempt).ToDictionary(static result => result.Path, StringComparer.Ordinal);
            results = [.. results.Select(result => again.GetValueOrDefault(result.Path, result))];
        }

        foreach (var result in results)
        {
            Console.WriteLine(result);
        }

        if (options.Out is { } file)
        {
            var (commit, modified) = options.Self ? (null, false) : build.Present();
            File.WriteAllText(file, JsonSerializer.Serialize(
                new RegressionRecord(hash, commit, modified, RuntimeInformation.FrameworkDescription, Processor(), layouts, results), s_json));
        }

        var regressed = results.Count(static result => result.Verdict == RegressionVerdict.Regressed);
        var unknown = results.Count(static result => result.Verdict == RegressionVerdict.New);
        Console.WriteLine($"{results.Count - regressed - unknown} hold, {regressed} regressed, {unknown} new; {started.Elapsed.TotalSeconds:0} s, {building:0} s of them for the baseline");
        return regressed == 0 ? 0 : Regressed;

        IReadOnlyList<PathResult> Measure(IReadOnlyList<string> paths, int pairs, int layouts, int seed) =>
            RegressionCheck.Measure(present, baseline, data.Folder, paths, pairs, layouts, seed);
    }

    /// <summary>Measures paths on two builds.</summary>
    /// <param name="present">The library whose time is divided.</param>
    /// <param name="baseline">The library that it is divided by.</param>
    /// <param name="folder">The data.</param>
    /// <param name="paths">The paths.</param>
    /// <param name="pairs">Pairs a path.</param>
    /// <param name="layouts">Pairs of contexts that they are spread over.</param>
    /// <param name="seed">Of the order of each pair and of the bootstrap.</param>
    public static IReadOnlyList<PathResult> Measure(string present, string baseline, string folder, IReadOnlyList<string> paths, int pairs, int layouts, int seed)
    {
        var random = new Random(seed);
        var ratios = paths.ToDictionary(static path => path, static _ => new List<double[]>(), StringComparer.Ordinal);
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var layout = 0; layout < layouts; layout++)
        {
            // who is loaded first changes in turn, and with it where code and data come to lie
            var (first, second) = layout % 2 == 0 ? (present, baseline) : (baseline, present);
            var (one, two) = (new SideContext(first), new SideContext(second));
            var (above, below) = layout % 2 == 0 ? (one, two) : (two, one);
            var slices = new PairedSlices(above, below, folder, random);
            foreach (var path in paths.Where(path => !reasons.ContainsKey(path)))
            {
                if (layout == 0 && Lacking(below, path, folder) is { } reason)
                {
                    reasons.Add(path, reason);
                    continue;
                }

                ratios[path].Add(slices.Measure(path, ((layout + 1) * pairs / layouts) - (layout * pairs / layouts)));
            }
        }

        return [.. paths.Select(path => reasons.TryGetValue(path, out var reason)
            ? new PathResult(path, null, 0, RegressionVerdict.New, [], reason)
            : Result(path, ratios[path], random))];
    }

    private static PathResult Result(string path, List<double[]> groups, Random random)
    {
        var ratio = RatioBootstrap.Interval(groups, random);
        var pairs = groups.Sum(static group => group.Length);
        return new PathResult(path, ratio, pairs, RegressionRule.Judge(ratio, pairs), [.. groups.Select(RatioBootstrap.Median)]);
    }

    // why the baseline cannot run a path, or null when it can: only a member or type that it lacks is a reason, all else is an error
    private static string? Lacking(SideContext side, string path, string folder)
    {
        try
        {
            using var session = side.Open(path, folder);
            _ = session.Run();
            return null;
        }
        catch (Exception exception) when (exception is MemberAccessException or TypeLoadException)
        {
            return exception.Message;
        }
    }

    private static string Processor()
    {
        var bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        return $"{bits}-bit vectors, {Environment.ProcessorCount} processors";
    }

    // the repository: from the current folder, else from the program, upwards
    internal static string Root()
    {
        foreach (var start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "bench", "baseline.txt")))
                {
                    return folder.FullName;
                }
            }
        }

        throw new DirectoryNotFoundException("there is no bench/baseline.txt above the current folder");
    }
}
