using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace IndicatorCore.Cli;

/// <summary>Prints the version of this program, whatever process it runs in.</summary>
internal sealed class ShowVersion : SynchronousCommandLineAction
{
    /// <summary>Such as <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(ShowVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine($"indicators {Version}");
        return ExitCode.Done;
    }
}
