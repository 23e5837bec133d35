using System.CommandLine;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Cli.Exports;
using IndicatorCore.Cli.Output;
using IndicatorCore.Indicators;

namespace IndicatorCore.Cli.Verbs;

/// <summary><c>partial EXPORT... --out FILE</c>: reads exports and writes their mergeable state, and no results.</summary>
internal sealed class PartialVerb : IVerb
{
    private readonly Argument<string[]> _exports = CommonOptions.Exports();
    private readonly RunOptions _options = new();
    private readonly CheckpointArguments _checkpoint = new();
    private readonly ShardArguments _shard = new();
    private readonly SigningArguments _sign = new();

    private readonly Option<string?> _out = new("--out", "-o")
    {
        Description = "Write the state to FILE, which appears only when it is whole; - is standard output",
        HelpName = "FILE|-",
        Required = true,
    };

    public PartialVerb()
    {
        Command = new Command("partial", "Reads exports and writes mergeable state only: by day (by hour with --window hour), by device and product where --by names them")
        {
            _exports,
        };
        _options.AddTo(Command);
        _checkpoint.AddTo(Command);
        Command.Options.Add(_out);
        _shard.AddTo(Command);
        _sign.AddTo(Command);
    }

    public Command Command { get; }

    public IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("indicators partial exports/2024-03 --registry registry --out march.state", "the state of a month; groups and windows are chosen when it is merged"),
        ("indicators partial exports --registry registry --shard 0/16 --out part-00.state", "the first of sixteen parts, by bytes, made without talking to the others"),
        ("sbatch --array=0-15 --wrap 'indicators partial exports --registry registry --out part-$SLURM_ARRAY_TASK_ID.state'", "the same as a job array of Slurm"),
        ("indicators partial exports --registry registry --by device --window hour --out fine.state", "fine enough for questions by device and hour"),
        ("indicators partial exports --registry registry --out site-a.state --sign site-a.pem", "signed, into site-a.state.sig, for who merges it elsewhere"),
    ];

    public async Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var exports = parsed.GetValue(_exports)!;
        if (exports.Count(static path => path == ExportInput.StandardInput) > 1)
        {
            throw new UsageException("standard input (-) can be read only once");
        }

        var query = _options.Query(parsed, context);

        query = query with { Grain = StateGrain.For(query) };
        var shard = _shard.Find(parsed, exports, context);
        var checkpoint = _checkpoint.Options(parsed, exports, query, context);
        using var key = _sign.Load(parsed, context);
        var path = parsed.GetValue(_out)!;
        var output = new StateOutput(path, key, context);
        output.Target.Check();

        await using var run = RunVerb.Make(query, context);
        var isQuiet = parsed.GetValue<bool>(CommonOptions.Quiet);
        using var progress = new ProgressLine(context, isQuiet);
        run.Progress = progress;
        run.Checkpoint = checkpoint is null ? null : checkpoint with { Note = isQuiet ? null : note => context.StandardError.WriteLine($"checkpoint: {TextTable.Visible(note)}") };
        run.Warning = isQuiet ? null : text => context.StandardError.WriteLine($"warning: {TextTable.Visible(text)}");
        run.Shard = shard?.Shard;
        await RunVerb.ReadAsync(run, exports, context, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        await OutputTarget.WriteAllAsync(output.Outputs(run.SaveState), cancellationToken);
        output.DropOldSignature();
        progress.Dispose();

        var inputs = run.Inputs;
        if (!isQuiet)
        {
            var rows = inputs.Where(static input => input.ReplayOf is null).Sum(static input => input.Rows);
            var size = output.Target.IsStandard ? string.Empty : $", {ByteText.Of(output.Bytes)}";
            var part = shard is { } known ? $"shard {known.Shard} ({known.Origin}): " : string.Empty;
            await context.StandardError.WriteLineAsync(
                $"{part}{rows:N0} rows of {inputs.Count(static input => input.ReplayOf is null):N0} inputs, {run.SlotCount:N0} slots{size} to {TextTable.Visible(path)}"
                + (key is null ? string.Empty : $", signed by key {key.KeyId}"));
        }

        return RunVerb.Code(inputs, context, isQuiet);
    }
}
