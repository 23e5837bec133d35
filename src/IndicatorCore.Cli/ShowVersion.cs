using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace IndicatorCore.Cli;

/// <summary>Prints the version of this program, whatever process it runs in.</summary>
internal sealed class ShowVersion : SynchronousCommandLineAction
{
    private const int CommitLength = 12;

    /// <summary>Such as <c>0.1.0</c>.</summary>
    public static string Version => Full.Split('+')[0];

    private static string Full => typeof(ShowVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(
            Full.Split('+') is [_, { Length: >= CommitLength } commit] ? $"indicators {Version} (commit {commit[..CommitLength]})" : $"indicators {Version}");
        return ExitCode.Done;
    }
}
