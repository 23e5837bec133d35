using System.ComponentModel;
using System.Diagnostics;

namespace IndicatorCore.Bench.Regression;

/// <summary>Runs other programs.</summary>
internal static class CommandLine
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Whether it was there and ended with 0, and what it said, both streams together.</returns>
    public static (bool Succeeded, string Output) Run(string folder, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };

        // a build inside a run must find its own SDK, and leave nothing running
        foreach (var name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode == 0, (output + error.GetAwaiter().GetResult()).Trim());
        }
        catch (Win32Exception exception)
        {
            return (false, $"{program}: {exception.Message}");
        }
    }
}
