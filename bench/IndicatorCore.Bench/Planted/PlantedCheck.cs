using IndicatorCore.Bench.Regression;

namespace IndicatorCore.Bench.Planted;

/// <summary>Proves that the comparison with an earlier build sees slowdowns: plants some in the last commit and compares with the commit as it is.</summary>
internal static class PlantedCheck
{
    private const int Missed = 5;
    private const int Unusable = 2;
    private const int Pairs = 240;

    /// <summary>Measures, one line a slowdown; 0 when all are caught and the unedited build is not, 5 otherwise, 2 when it cannot be told.</summary>
    public static int Run()
    {
        try
        {
            var root = RegressionCheck.Root();
            var build = new BaselineBuild(root);
            var hash = build.Resolve("HEAD") ?? throw new InvalidOperationException("there is no commit to plant slowdowns in");
            var plain = build.FileOf(hash);
            using var data = new RegressionData();
            var wrong = 0;
            foreach (var slowdown in Slowdown.All)
            {
                var slow = build.Build(hash, $"{hash}-{slowdown.Name}", slowdown.Plant);
                wrong += Report(slowdown, "15 % slower", Measure(slow, plain, data.Folder, slowdown.Path), shouldRegress: true);
                wrong += Report(slowdown, "as it is", Measure(plain, plain, data.Folder, slowdown.Path), shouldRegress: false);
            }

            return wrong == 0 ? 0 : Missed;
        }
        catch (Exception exception) when (exception is InvalidOperationException or DirectoryNotFoundException)
        {
            Console.Error.WriteLine(exception.Message);
            return Unusable;
        }
    }

    private static PathResult Measure(string present, string baseline, string folder, string path) =>
        RegressionCheck.Measure(present, baseline, folder, [path], Pairs, RegressionCheck.Layouts(Pairs), seed: 1)[0];

    private static int Report(Slowdown slowdown, string what, PathResult result, bool shouldRegress)
    {
        var isRegressed = result.Verdict == RegressionVerdict.Regressed;
        var verdict = (shouldRegress, isRegressed) switch
        {
            (true, true) => "caught",
            (true, false) => "MISSED",
            (false, true) => "FALSE ALARM",
            _ => "quiet",
        };
        Console.WriteLine($"{verdict,-12} {slowdown.Name,-7} {what,-12} {result}");
        return shouldRegress == isRegressed ? 0 : 1;
    }
}
