using System.CommandLine;
using IndicatorCore.Cli.Exports;
using IndicatorCore.Indicators;

namespace IndicatorCore.Cli.Verbs;

/// <summary>The options <c>--checkpoint</c> and <c>--checkpoint-every</c>.</summary>
internal sealed class CheckpointArguments
{
    private readonly Option<string?> _directory = new("--checkpoint")
    {
        Description = "Keep finished state in DIR; the same command started again goes on from there",
        HelpName = "DIR",
    };

    private readonly Option<string?> _every = new("--checkpoint-every")
    {
        Description = "How often state is kept, such as 30s, 5min or 2h (default 60s, and every 16 GiB)",
        HelpName = "TIME",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_directory);
        command.Options.Add(_every);
    }

    /// <summary>What the options ask for, or null.</summary>
    /// <exception cref="UsageException">They make no sense, or not with these inputs or this query.</exception>
    public CheckpointOptions? Options(ParseResult parsed, IReadOnlyList<string> exports, IndicatorQuery query, CommandContext context)
    {
        var every = parsed.GetValue(_every);
        if (parsed.GetValue(_directory) is not { } directory)
        {
            return every is null ? null : throw new UsageException("--checkpoint-every says how often; --checkpoint DIR says where");
        }

        if (exports.Contains(ExportInput.StandardInput))
        {
            throw new UsageException("--checkpoint cannot go on with standard input, which is gone after a run; save it to a file first");
        }

        var options = new CheckpointOptions { Directory = context.Resolve(directory) };
        return every is null ? options : options with { Interval = DurationText.Parse("--checkpoint-every", every) };
    }
}
