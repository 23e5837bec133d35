using System.Diagnostics;
using System.Globalization;
using IndicatorCore.Fuzz.Campaigns;

namespace IndicatorCore.Fuzz.Running;

/// <summary>A worker in a process of its own with a hard limit of its heap; when it dies, the death is put down to its input and the work goes on.</summary>
internal sealed class WorkerProcess(Campaign campaign, Slice slice, string folder, TextWriter output)
{
    private const string HeapLimit = "30000000";   // hexadecimal: 768 MiB

    private const int MostDeaths = 100;

    /// <summary>The ledger's file.</summary>
    public string LedgerPath { get; } = Path.Combine(folder, $"{slice.Campaign}.{slice.First}.ledger");

    /// <summary>Runs until all inputs of the slice were tried.</summary>
    public async Task RunAsync()
    {
        using var ledger = new ProgressLedger(LedgerPath);
        var next = slice;
        for (var deaths = 0; deaths < MostDeaths && next.First < next.Wanted; deaths++)
        {
            var (code, errors) = await RunOnceAsync(next).ConfigureAwait(false);
            if (code == 0)
            {
                return;
            }

            var index = ledger.Current;
            if (index == ProgressLedger.Idle)
            {
                throw new InvalidOperationException($"A worker of {slice.Campaign} ended with {code} before its first input: {errors}");
            }

            if (code != Watchdog.ExitCode)
            {
                Attribute(index, code, errors, ledger);
            }

            next = next with { First = index + slice.Stride };
        }
    }

    private async Task<(int Code, string Errors)> RunOnceAsync(Slice next)
    {
        using var process = new Process { StartInfo = Command(next) };
        var errors = new Queue<string>();
        process.OutputDataReceived += (_, line) => Print(line.Data);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text && errors.Count < 6)
            {
                errors.Enqueue(text);
            }
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.WaitForExitAsync().ConfigureAwait(false);
        return (process.ExitCode, string.Join(" | ", errors));
    }

    private ProcessStartInfo Command(Slice next)
    {
        var start = new ProcessStartInfo
        {
            FileName = Environment.ProcessPath!,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var assembly = typeof(WorkerProcess).Assembly.Location;
        if (Path.GetFileNameWithoutExtension(start.FileName) != Path.GetFileNameWithoutExtension(assembly))
        {
            // under a host such as dotnet or the test runner
            start.FileName = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(assembly);
        }

        foreach (var argument in (IEnumerable<string>)
        [
            "--worker", LedgerPath, "--campaign", next.Campaign, "--seed", Text((long)next.Seed), "--inputs", Text(next.Wanted),
            "--first", Text(next.First), "--stride", Text(next.Stride), "--dumps", folder,
        ])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return start;
    }

    private void Attribute(long index, int code, string errors, ProgressLedger ledger)
    {
        var input = campaign.Choose(index, slice.Wanted, slice.Seed);
        var path = FailureDump.Write(folder, slice, index, input.Bytes);
        Print($"FAILED {slice.Campaign}, seed {slice.Seed}, input {index} of {slice.Wanted} ({input.What}): the process died with {code}: {errors}");
        Print($"  replay with --replay {path}");
        ledger.CountFailure();
    }

    private void Print(string? line)
    {
        if (!string.IsNullOrEmpty(line))
        {
            lock (output)
            {
                output.WriteLine(line);
            }
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
