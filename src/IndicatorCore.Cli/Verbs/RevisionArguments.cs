using System.CommandLine;
using IndicatorCore.Cli.Output;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;

namespace IndicatorCore.Cli.Verbs;

/// <summary>The options <c>--state</c>, <c>--state-out</c> and <c>--difference</c> of <c>run</c>.</summary>
internal sealed class RevisionArguments
{
    private readonly Option<string?> _state = new("--state")
    {
        Description = "Go on from the state in FILE: what it covers is not read again, results carry a revision; FILE is then replaced, and what it was stays in FILE.rN",
        HelpName = "FILE",
    };

    private readonly Option<string?> _out = new("--state-out") { Description = "Write the new state here and leave the one of --state as it is", HelpName = "FILE" };

    private readonly Option<string?> _difference = new("--difference")
    {
        Description = "Also write the rows that differ from the state before, old and new, one JSON object a line",
        HelpName = "FILE|-",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_state);
        command.Options.Add(_out);
        command.Options.Add(_difference);
    }

    /// <summary>What the options ask for, or null.</summary>
    /// <exception cref="UsageException">They make no sense.</exception>
    /// <exception cref="IndicatorDataException">The state is none that can be gone on from.</exception>
    public async Task<RevisionPlan?> PlanAsync(ParseResult parsed, IndicatorQuery query, CommandContext context, CancellationToken cancellationToken)
    {
        var (path, newPath, differencePath) = (parsed.GetValue(_state), parsed.GetValue(_out), parsed.GetValue(_difference));
        if (path is null)
        {
            return newPath is null && differencePath is null
                ? null
                : throw new UsageException("--state-out and --difference go on from a state; name it with --state FILE");
        }

        if (query.Dedup == DedupPolicy.Rows)
        {
            throw new UsageException("--state does not go with --dedup rows: which rows count is known only when all are read");
        }

        var file = context.Resolve(path);
        var previous = File.Exists(file) ? await StateFileInfo.ReadAsync(file, cancellationToken) : null;
        if (previous is { Grain: null })
        {
            throw new StateMismatchException(
                $"The state has format version {previous.Version}, which holds one report's options and no more", new DataLocation(File: file), "Read the inputs again into a new state.");
        }

        var target = new StateOutput(newPath ?? path, key: null, context);
        target.Target.Check();
        var difference = differencePath is null ? null : context.Target(differencePath);
        difference?.Check();
        return new RevisionPlan(file, newPath is null ? null : context.Resolve(newPath), differencePath, previous, target, difference)
        {
            Query = query with { Grain = previous?.Grain ?? StateGrain.For(query) },
        };
    }
}
