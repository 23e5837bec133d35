using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text.Json;

namespace IndicatorCore.Bench.Guards;

/// <summary>Holds the code to the promises of <c>guards.json</c>.</summary>
internal static class GuardCheck
{
    private const int Broken = 5;
    private const int Unusable = 2;
    private const int Tries = 3;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    /// <summary>The class of this machine, as the runtime uses it.</summary>
    public static ProcessorClass Processor =>
        Vector512.IsHardwareAccelerated ? ProcessorClass.Avx512 : Avx2.IsSupported ? ProcessorClass.Avx2 : ProcessorClass.Other;

    /// <summary>Measures every guard; 0 when all hold, 2 when the file does not fit the measurements, 5 when one does not hold at any try.</summary>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        try
        {
            return Run(GuardOptions.Parse(arguments));
        }
        catch (Exception exception) when (exception is FormatException or JsonException or FileNotFoundException)
        {
            Console.Error.WriteLine(exception.Message);
            return Unusable;
        }
    }

    private static int Run(GuardOptions options)
    {
        var file = JsonSerializer.Deserialize<GuardFile>(File.ReadAllText(options.File), s_json)!;
        using var board = new GuardBoard();
        var mismatch = file.Mismatch(board.Ratios.Select(static ratio => ratio.Name), board.Allocations.Select(static allocation => allocation.Name));
        if (mismatch is not null)
        {
            Console.Error.WriteLine($"{options.File}: {mismatch}");
            return Unusable;
        }

        var summary = new GuardSummary();
        foreach (var allocation in board.Allocations)
        {
            var ceiling = file.AllocatedBytes.Single(guard => guard.Name == allocation.Name).Ceiling;
            summary.Add(allocation.Name, Allocated(allocation, ceiling), ceiling);
        }

        foreach (var ratio in board.Ratios)
        {
            if (ratio.Absence is { } reason)
            {
                summary.AddAbsent(ratio.Name, reason);
                continue;
            }

            var ceiling = file.Ratios.Single(guard => guard.Name == ratio.Name).Of(Processor)?.Ceiling;
            summary.Add(ratio.Name, Measure(ratio, options.Pairs, ceiling ?? double.MaxValue), ceiling);
        }

        var text = $"Processor class: {Processor}\n\n{summary}";
        Console.WriteLine(text);
        if (options.Summary is { } path)
        {
            File.AppendAllText(path, text + "\n");
        }

        Console.WriteLine($"{summary.Passed} passed, {summary.Failed} failed");
        return summary.Failed == 0 ? 0 : Broken;
    }

    // the machine may have been busy: a promise is broken when no try holds it
    private static PairedRatio Measure(RatioCase ratio, int pairs, double ceiling)
    {
        for (var attempt = 1; ; attempt++)
        {
            var measured = PairedRatio.Measure(ratio.Above, ratio.Below, pairs, attempt);
            if (measured.Median <= ceiling || attempt == Tries)
            {
                return measured;
            }
        }
    }

    // code that was still being recompiled at one try is warm at the next
    private static double Allocated(AllocationCase allocation, double ceiling)
    {
        for (var attempt = 1; ; attempt++)
        {
            var bytes = Allocated(allocation.Action, allocation.Round);
            if (bytes <= ceiling || attempt == Tries)
            {
                return bytes;
            }
        }
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
