using System.Text.Json;

namespace IndicatorCore.Bench.Guards;

/// <summary>Holds the code to the promises of <c>guards.json</c>.</summary>
internal static class GuardCheck
{
    private const int Broken = 5;
    private const int Unusable = 2;
    private const int QuickPairs = 60;
    private const int LongPairs = 1_000;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>Measures every guard, one line each; 0 when all hold, 5 when one does not even on a second try.</summary>
    public static int Run(string path, bool quick)
    {
        var file = JsonSerializer.Deserialize<GuardFile>(File.ReadAllText(path), s_json)!;
        using var board = new GuardBoard();
        var missing = board.Ratios.Keys.Except(file.Ratios.Select(static guard => guard.Name))
            .Concat(board.Allocations.Keys.Except(file.AllocatedBytes.Select(static guard => guard.Name))).ToList();
        if (missing.Count > 0)
        {
            Console.Error.WriteLine($"{path} has no ceiling for {string.Join(", ", missing)}");
            return Unusable;
        }

        var failed = 0;
        foreach (var guard in file.AllocatedBytes)
        {
            var bytes = Allocated(board.Allocations[guard.Name], board.Round);
            if (bytes > guard.Ceiling)
            {
                bytes = Allocated(board.Allocations[guard.Name], board.Round);   // code that was still being recompiled is warm now
            }

            failed += Report(bytes <= guard.Ceiling, $"{guard.Name,-28} {bytes:0.##} bytes an operation, at most {guard.Ceiling:0.##}");
        }

        var pairs = quick ? QuickPairs : LongPairs;
        var absent = 0;
        foreach (var guard in file.Ratios)
        {
            if (GuardBoard.Absence(guard.Name) is { } reason)
            {
                Console.WriteLine($"absent {guard.Name,-28} {reason}");
                absent++;
                continue;
            }

            var (above, below) = board.Ratios[guard.Name];
            var ratio = PairedRatio.Measure(above, below, pairs, seed: 1);
            if (ratio.Median > guard.Ceiling)
            {
                ratio = PairedRatio.Measure(above, below, pairs, seed: 2);   // a second chance: the machine may have been busy
            }

            failed += Report(
                ratio.Median <= guard.Ceiling,
                $"{guard.Name,-28} {ratio.Median:0.000} [{ratio.Low:0.000}, {ratio.High:0.000}], at most {guard.Ceiling:0.000}");
        }

        Console.WriteLine($"{file.Ratios.Count + file.AllocatedBytes.Count - failed - absent} passed, {failed} failed");
        return failed == 0 ? 0 : Broken;
    }

    private static int Report(bool holds, string text)
    {
        Console.WriteLine($"{(holds ? "ok    " : "BROKEN")} {text}");
        return holds ? 0 : 1;
    }

    // bytes that one operation allocates, once every batch was met often enough for keys, caches and compiled code to be there
    private static double Allocated(Action action, int round)
    {
        for (var i = 0; i < 40 * round; i++)
        {
            action();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 4 * round; i++)
        {
            action();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (4.0 * round);
    }
}
