using System.CommandLine;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;

namespace IndicatorCore.Cli;

/// <summary>Options that every verb has.</summary>
internal static class CommonOptions
{
    /// <summary>The name of <c>--quiet</c>.</summary>
    public const string Quiet = "--quiet";

    /// <summary>The name of <c>--verbose</c>.</summary>
    public const string Verbose = "--verbose";

    /// <summary>Adds <c>--quiet</c> and <c>--verbose</c>.</summary>
    public static void AddTo(Command command)
    {
        command.Options.Add(new Option<bool>(Quiet, "-q") { Description = "No progress and no closing line" });
        command.Options.Add(new Option<bool>(Verbose) { Description = "Closing line also off a terminal; stack traces with errors" });
    }

    /// <summary>One or more exports.</summary>
    public static Argument<string[]> Exports() => new("EXPORT")
    {
        Description = "Arrow IPC files or streams: paths, globs, directories (searched for *.arrow *.feather *.arrows *.ipc), or - for standard input",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Where results go.</summary>
    public static Option<string?> Out() => new("--out", "-o")
    {
        Description = "Write to FILE, which appears only when it is whole; - is standard output",
        HelpName = "FILE|-",
    };

    /// <summary>Which format results have; the first name is the default.</summary>
    public static Option<string> Format(params string[] names)
    {
        var option = new Option<string>("--format", "-f")
        {
            Description = "How results are written",
            HelpName = string.Join('|', names),
            DefaultValueFactory = _ => names[0],
        };
        option.AcceptOnlyFromAmong(names);
        return option;
    }

    /// <summary>How inputs name their columns.</summary>
    public static Option<string?> Source() => new("--source")
    {
        Description = "Source profile (JSON): how the exporter names and writes columns",
        HelpName = "FILE",
    };

    /// <summary>Definition files.</summary>
    public static Option<string[]> Define() => new("--define")
    {
        Description = "Definition file (JSON) of indicators of your own, see docs/user-defined.md; several add up",
        HelpName = "FILE",
        DefaultValueFactory = static _ => [],
    };

    /// <summary>The indicators that definition files define; null without any file.</summary>
    /// <exception cref="ConfigurationException">A file says something impossible, or two define one id.</exception>
    public static UserIndicatorSet? Defined(string[] files, CommandContext context) =>
        files.Length == 0 ? null : UserIndicatorSet.Union(files.Select(file => UserIndicatorSet.Load(context.Locate(file))));

    /// <summary>The reporting zone.</summary>
    public static Option<string> TimeZone() => new("--tz")
    {
        Description = "Reporting zone, IANA name",
        HelpName = "ZONE",
        DefaultValueFactory = _ => "Asia/Shanghai",
    };

    /// <summary>The zone that <c>--tz</c> names.</summary>
    /// <exception cref="UsageException">There is no such zone.</exception>
    public static TimeZoneInfo FindZone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
        ? zone
        : throw new UsageException($"--tz: there is no time zone '{name}'; give an IANA name such as Asia/Shanghai or UTC");
}
