using System.CommandLine;
using System.Globalization;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Cli.Exports;
using IndicatorCore.Cli.Output;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;

namespace IndicatorCore.Cli.Verbs;

/// <summary><c>merge STATE...</c>: merges states, one at a time; writes results, or a state.</summary>
internal sealed class MergeVerb : IVerb
{
    private readonly Argument<string[]> _states = StateFileNames.Argument();
    private readonly RunOptions _options = new();
    private readonly SigningArguments _sign = new();
    private readonly Option<string> _format = RunVerb.FormatOption();
    private readonly Option<string?> _out = CommonOptions.Out();
    private readonly Option<string?> _manifest = new("--manifest") { Description = "Also write the manifest (JSON) to FILE", HelpName = "FILE" };
    private readonly Option<string?> _state = new("--state") { Description = "Write the merged state to FILE, and no results: options of the report have no effect then", HelpName = "FILE|-" };
    private readonly Option<string?> _expect = new("--expect") { Description = "Refuse (exit code 5) unless all N shards of one plan are there", HelpName = "N" };

    private readonly Option<string?> _trust = new("--trust")
    {
        Description = "Verify the signature of every state before anything is read of it, by the public keys or certificates (PEM) in DIR",
        HelpName = "DIR",
    };

    public MergeVerb()
    {
        Command = new Command("merge", "Merges states in any order, each counted once, and writes results, or a state with --state FILE") { _states };
        _options.AddTo(Command);
        Command.Options.Add(_format);
        Command.Options.Add(_out);
        Command.Options.Add(_manifest);
        Command.Options.Add(_state);
        Command.Options.Add(_expect);
        _sign.AddTo(Command);
        Command.Options.Add(_trust);
    }

    public Command Command { get; }

    public IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("indicators merge part-*.state --expect 16 --registry registry --by factory", "the results of sixteen shards; exit code 5 while one is missing"),
        ("indicators merge march.state april.state --registry registry --by city --window month --format json --out spring.json",
            "other groups and windows, as far as the states are fine enough"),
        ("indicators merge states/city --registry registry --state province.state --sign province.pem", "a state of all states of a directory, signed"),
        ("indicators merge from-sites --trust keys --registry registry --manifest m.json", "only states that a key of the directory keys signed; m.json names the signers"),
    ];

    public async Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var expected = Expected(parsed.GetValue(_expect));
        var statePath = parsed.GetValue(_state);
        if (statePath is null && _sign.IsGiven(parsed))
        {
            throw new UsageException("--sign signs a state; name it with --state FILE");
        }

        using var key = _sign.Load(parsed, context);
        var stateOutput = statePath is null ? null : new StateOutput(statePath, key, context);
        var output = context.Target(parsed.GetValue(_out));
        var manifest = parsed.GetValue(_manifest) is { } manifestPath ? context.Target(manifestPath) : null;
        stateOutput?.Target.Check();
        output.Check();
        manifest?.Check();
        if (stateOutput is not null && (manifest is not null || parsed.GetValue(_out) is not null))
        {
            throw new UsageException("--state writes a state and no results: leave out --out and --manifest, or --state");
        }

        if (stateOutput is null)
        {
            RunVerb.CheckReadable(parsed.GetValue(_format)!, output, context);
        }

        var files = StateFileNames.Expand(parsed.GetValue(_states)!, context);
        var seen = files.Select(static file => FileStatus.Of(file)).ToList();
        var signers = Verify(parsed.GetValue(_trust), files, context);
        var infos = new List<StateFileInfo>();
        foreach (var file in files)
        {
            infos.Add(await StateFileInfo.ReadInputsAsync(file, cancellationToken));
        }

        await using var run = RunVerb.Make(_options.Query(parsed, context, infos[0]), context);
        var isQuiet = parsed.GetValue<bool>(CommonOptions.Quiet);
        var states = new List<ManifestState>();
        foreach (var i in StateOrder.Of(infos))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isNew = await run.MergeStateAsync(files[i], cancellationToken);
            if (FileStatus.Of(files[i]) != seen[i])
            {
                throw new InputChangedException("The state changed while it was merged", new DataLocation(File: files[i]), "Merge again.");
            }

            states.Add(new ManifestState(files[i], infos[i].Digest, !isNew, signers?[i].Signer, signers?[i].KeyId));
        }

        states.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        CheckShards(run.Shards, expected, isQuiet, context);
        if (stateOutput is not null)
        {
            await OutputTarget.WriteAllAsync(stateOutput.Outputs(run.SaveState), cancellationToken);
            stateOutput.DropOldSignature();
        }
        else
        {
            var made = run.Finish(cancellationToken);
            var report = made with { Manifest = made.Manifest with { States = states } };
            var writer = RunVerb.Writer(parsed.GetValue(_format)!, output.IsStandard ? context : null);
            var outputs = new List<(OutputTarget, Func<Stream, Task>)> { (output, OutputTarget.Writing(stream => writer.Write(report, stream))) };
            if (manifest is not null)
            {
                outputs.Add((manifest, OutputTarget.Writing(stream => ManifestJson.Write(report, stream))));
            }

            await OutputTarget.WriteAllAsync(outputs, cancellationToken);
        }

        if (!isQuiet && (stateOutput is not null || context.ErrorWidth is not null || parsed.GetValue<bool>(CommonOptions.Verbose)))
        {
            var replays = states.Count(static state => state.IsReplay);
            await context.StandardError.WriteLineAsync(
                $"{states.Count:N0} states{(replays > 0 ? $", {replays:N0} of them there already" : string.Empty)}, "
                + $"{run.Inputs.Where(static input => input.ReplayOf is null).Sum(static input => input.Rows):N0} rows, {run.SlotCount:N0} slots"
                + (stateOutput is null ? string.Empty : $" to {TextTable.Visible(statePath!)}")
                + (key is null ? string.Empty : $", signed by key {key.KeyId}"));
        }

        return RunVerb.Code(run.Inputs, context, isQuiet);
    }

    private static int? Expected(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= Shard.MostShards
            ? count
            : throw new UsageException($"--expect: '{text}' is no number of shards; give 1 or more");
    }

    private static List<(string Signer, string KeyId)>? Verify(string? directory, IReadOnlyList<string> files, CommandContext context)
    {
        if (directory is null)
        {
            return null;
        }

        using var trust = StateTrust.Load(context.Resolve(directory));
        return [.. files.Select(trust.Verify)];
    }

    private static void CheckShards(IReadOnlyList<StateShards> plans, int? expected, bool isQuiet, CommandContext context)
    {
        if (expected is not { } count)
        {
            foreach (var plan in plans.Where(static plan => plan.Present.Count < plan.Count))
            {
                if (!isQuiet)
                {
                    context.StandardError.WriteLine($"warning: of {plan.Count:N0} shards {Missing(plan)} missing: what they read is not counted");
                }
            }

            return;
        }

        if (plans.Count > 1)
        {
            throw new StateMismatchException(
                $"The states are of {plans.Count} plans of shards, not of one: {string.Join("; ", plans.Select(static plan => $"{StateShards.Text(plan.Present)} of {plan.Count} (plan {plan.Plan[..Math.Min(12, plan.Plan.Length)]})"))}",
                advice: "The export, or how many shards it has, changed between them: make all shards again.");
        }

        if (plans is [var other] && other.Count != count)
        {
            throw new StateMismatchException($"The states are of a plan of {other.Count} shards, and --expect says {count}", advice: "Give the states of the right run.");
        }

        if (plans is not [var only])
        {
            throw new CheckFailedException($"none of the {count:N0} shards is there: the states are of no shard");
        }

        if (only.Present.Count < count)
        {
            throw new CheckFailedException($"of {count:N0} shards {Missing(only)} missing; make them (partial --shard I/{count}) and merge again: nothing was written");
        }
    }

    private static string Missing(StateShards plan)
    {
        var missing = plan.Missing.ToList();
        return $"{StateShards.Text(missing)} {(missing.Count == 1 ? "is" : "are")}";
    }
}
