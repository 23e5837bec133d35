using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace IndicatorCore.Cli;

/// <summary>The usual help, with a verb's examples below, or with exit codes and settings below the list of verbs.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _help;
    private readonly IReadOnlyList<IVerb> _verbs;

    public HelpWithExamples(HelpAction help, IReadOnlyList<IVerb> verbs)
    {
        _help = help;
        _verbs = verbs;
    }

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = _help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var verb = _verbs.FirstOrDefault(verb => verb.Command == parseResult.CommandResult.Command);
        if (verb is not null)
        {
            output.WriteLine("Examples:");
            foreach (var (line, meaning) in verb.Examples)
            {
                output.WriteLine($"  # {meaning}");
                output.WriteLine($"  {line}");
            }
        }
        else
        {
            output.WriteLine("Exit codes:");
            output.WriteLine("  0 done; 2 usage; 3 bad input data, nothing written; 4 done, but input was skipped under --on-bad skip;");
            output.WriteLine("  5 a check did not hold (shards are missing, --strict); 6 input, output or memory; 130 interrupted");
            output.WriteLine();
            output.WriteLine("Settings:");
            output.WriteLine("  Options are also read from indicators.json in the working directory ({\"threads\": 4, \"run\": {\"by\": [\"factory\"]}})");
            output.WriteLine("  and from variables (INDICATORS_THREADS=4); a variable wins over the file, the command line over both.");
        }

        return code;
    }
}
