using System.Diagnostics;

namespace IndicatorCore.Tests.World;

/// <summary>Runs the built command line in a process of its own, by a shell script in which <c>indicators</c> is that command.</summary>
internal static class Child
{
    private static readonly string s_assembly = Path.Combine(AppContext.BaseDirectory, "indicators.dll");

    /// <summary>Runs a script in a folder; one that does not end in time fails the test.</summary>
    public static (int Code, string Out, string Error) Run(string folder, string script, int seconds = 60, params (string Name, string Value)[] variables)
    {
        Require();
        var start = new ProcessStartInfo("/bin/bash")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"indicators() {{ {Command} \"$@\"; }}\n{script}");
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(seconds)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"Still running after {seconds} s: {script}");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>Runs a script that must end with this code and say this, in one line without a stack trace.</summary>
    public static void Fails(string folder, int code, string message, string script, int seconds = 60)
    {
        var (found, output, error) = Run(folder, script, seconds);
        Assert.True(found == code, $"exit {found}, not {code}: {error}");
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
        Assert.Equal(1, error.AsSpan().Count('\n'));
        Assert.Empty(output);
    }

    /// <summary>The command to <c>exec</c>, so that a signal or a limit meets the process itself.</summary>
    public static string Command => $"\"{Host}\" \"{s_assembly}\"";

    /// <summary>Skips the test where there is no shell of this kind.</summary>
    public static void Require() => Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/bin/bash"), "This needs Linux and bash.");

    /// <summary>Skips the test where the process is not the superuser.</summary>
    public static void RequireRoot() => Skip.IfNot(Environment.IsPrivilegedProcess, "This needs the superuser.");

    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
}
