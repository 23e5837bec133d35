using System.CommandLine;
using System.IO.Pipelines;
using IndicatorCore.Adapters.Quarantine;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Cli.Exports;
using IndicatorCore.Cli.Forms;
using IndicatorCore.Cli.Output;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;

namespace IndicatorCore.Cli.Verbs;

/// <summary><c>run EXPORT...</c>: computes indicators and writes results.</summary>
internal sealed class RunVerb : IVerb
{
    private const int SkippedLines = 20;

    private readonly Argument<string[]> _exports = CommonOptions.Exports();
    private readonly RunOptions _options = new();
    private readonly CheckpointArguments _checkpoint = new();
    private readonly RevisionArguments _revision = new();
    private readonly Option<string> _format = FormatOption();
    private readonly Option<string?> _out = CommonOptions.Out();
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Check options and inputs, say what would be computed, compute nothing" };
    private readonly Option<bool> _explain = new("--explain") { Description = "Say on standard error what is read and how each figure is made" };
    private readonly Option<string?> _manifest = new("--manifest") { Description = "Also write the manifest (JSON) to FILE", HelpName = "FILE" };
    private readonly Option<string?> _quarantine = new("--quarantine")
    {
        Description = "Also write every quarantined row, with its reason and values, to FILE: Arrow (.arrow, .feather) or CSV (.csv)",
        HelpName = "FILE",
    };

    public RunVerb()
    {
        Command = new Command("run", "Computes indicators of exports and writes results with their evidence") { _exports };
        _options.AddTo(Command);
        _checkpoint.AddTo(Command);
        _revision.AddTo(Command);
        Command.Options.Add(_format);
        Command.Options.Add(_out);
        Command.Options.Add(_manifest);
        Command.Options.Add(_quarantine);
        Command.Options.Add(_explain);
        Command.Options.Add(_dryRun);
    }

    public Command Command { get; }

    public IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("indicators run exports/2024-03 --registry registry --by factory", "every indicator of each factory"),
        ("indicators run exports --registry registry --by city,industry --by factory --window month --format json --out march.json",
            "two levels from one pass, by month, as JSON"),
        ("indicators run 'radio-*.arrow' --select cov_sample,cov_grid --where factory=F001 --tz UTC", "coverage of one factory, times in UTC"),
        ("indicators run exports --registry registry --by factory --window shift --last 7", "the shifts of the last seven complete days"),
        ("indicators run exports --define lines.jsonc --select covered,energy --by line --window day", "indicators of your own, see docs/user-defined.md"),
        ("cat probes.arrows | indicators run - --select lat_p50,lat_p99 --format ndjson", "a stream on standard input"),
        ("indicators run archive --registry registry --by factory --checkpoint kept --out figures.ndjson --format ndjson",
            "goes on where it was when it is killed and started again"),
        ("indicators run exports --registry registry --by factory --state kept.state --difference new.ndjson --format ndjson --out figures.ndjson",
            "goes on from kept.state: reads what is new, numbers the revision, says what has changed"),
        ("indicators run exports --on-bad skip --manifest m.json --quarantine bad.csv", "what can be read; bad batches in m.json, bad rows in bad.csv"),
        ("indicators run exports --registry registry --baseline 2023-03-01..2023-09-01 --after 2024-03-01..2024-09-01 --select eff_gain",
            "phases given by hand"),
    ];

    public async Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var exports = parsed.GetValue(_exports)!;
        if (exports.Count(static path => path == ExportInput.StandardInput) > 1)
        {
            throw new UsageException("standard input (-) can be read only once");
        }

        var query = _options.Query(parsed, context);
        var checkpoint = _checkpoint.Options(parsed, exports, query, context);
        using var revision = await _revision.PlanAsync(parsed, query, context, cancellationToken);
        query = revision?.Query ?? query;
        if (revision is not null && checkpoint is not null)
        {
            throw new UsageException("--state does not go with --checkpoint: each goes on from state of its own");
        }

        var output = context.Target(parsed.GetValue(_out));
        var manifest = parsed.GetValue(_manifest) is { } path ? context.Target(path) : null;
        var quarantinePath = parsed.GetValue(_quarantine);
        var quarantine = quarantinePath is null ? null : context.Target(quarantinePath);
        QuarantineFormat? format = quarantinePath is null ? null : FormatOf(quarantinePath);
        if (checkpoint is not null && quarantinePath is not null)
        {
            throw new UsageException("--quarantine does not go with --checkpoint: the rows of what was read before would be missing");
        }

        CheckReadable(parsed.GetValue(_format)!, output, context);

        CheckDistinct(context, [parsed.GetValue(_out), parsed.GetValue(_manifest), quarantinePath, .. revision?.Paths ?? []]);
        output.Check();
        manifest?.Check();
        quarantine?.Check();

        await using var run = Make(query, context);
        if (parsed.GetValue(_dryRun))
        {
            var plan = await RunPlan.MakeAsync(query, exports, context, cancellationToken);
            await context.Target(path: null).WriteAsync(plan.Write, cancellationToken);
            return plan.Problems > 0 && query.OnBad == OnBad.Fail ? ExitCode.BadData : ExitCode.Done;
        }

        if (parsed.GetValue(_explain))
        {
            var plan = await RunPlan.MakeAsync(query, exports, context, cancellationToken);
            await context.StandardError.WriteAsync(plan.ToString());
        }

        var isQuiet = parsed.GetValue<bool>(CommonOptions.Quiet);
        using var progress = new ProgressLine(context, isQuiet);
        run.Progress = progress;
        run.Checkpoint = checkpoint is null ? null : checkpoint with { Note = isQuiet ? null : note => context.StandardError.WriteLine($"checkpoint: {TextTable.Visible(note)}") };
        using var rows = format is { } known ? new QuarantineFile(context.Resolve(quarantinePath!), known, CommonOptions.FindZone(query.TimeZone)) : null;
        run.Quarantine = rows;
        run.Warning = isQuiet ? null : text => context.StandardError.WriteLine($"warning: {TextTable.Visible(text)}");
        if (revision is not null)
        {
            await revision.TakeUpAsync(run, cancellationToken);
        }

        await ReadAsync(run, exports, context, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        revision?.Number(run);
        var state = $"state: {run.SlotCount:N0} slots, {ByteText.Of(run.MemoryUsed)}";
        var report = run.Finish(cancellationToken);
        progress.Dispose();

        if (quarantine is not null)
        {
            // first: where the disk does not hold it, nothing is written at all
            await quarantine.WriteAsync(rows!.Write, cancellationToken);
        }

        var writer = Writer(parsed.GetValue(_format)!, output.IsStandard ? context : null);
        var outputs = new List<(OutputTarget, Func<Stream, Task>)> { (output, OutputTarget.Writing(stream => writer.Write(report, stream))) };
        if (manifest is not null)
        {
            outputs.Add((manifest, OutputTarget.Writing(stream => ManifestJson.Write(report, stream))));
        }

        outputs.AddRange(revision?.Outputs(run, report) ?? []);
        await OutputTarget.WriteAllAsync(outputs, cancellationToken);

        if (!isQuiet && (context.ErrorWidth is not null || parsed.GetValue<bool>(CommonOptions.Verbose)))
        {
            var bytes = report.Manifest.Inputs.Sum(static input => input.BytesRead);
            var skipped = report.Manifest.Inputs.Sum(static input => input.BytesSkipped);
            var also = skipped > 0 ? $", {ByteText.Of(skipped)} not needed" : string.Empty;
            await context.StandardError.WriteLineAsync(
                $"{report.Manifest.Rows:N0} rows, {ByteText.Of(bytes)} read{also} in {progress.Elapsed.TotalSeconds:0.00} s; {state}");
        }

        revision?.Finish();
        if (!isQuiet && revision is not null)
        {
            await context.StandardError.WriteLineAsync(revision.Text);
        }

        return Code(report.Manifest.Inputs, context, isQuiet);
    }

    /// <summary>The formats of results.</summary>
    public static Option<string> FormatOption() => CommonOptions.Format("table", "json", "ndjson", "csv", "arrow", "markdown", "xlsx");

    /// <summary>Refuses formats that are no text where a terminal would show them.</summary>
    /// <exception cref="UsageException">One would be shown.</exception>
    public static void CheckReadable(string format, OutputTarget output, CommandContext context)
    {
        if (format is "arrow" or "xlsx" && output.IsStandard && context.OutputWidth is not null)
        {
            throw new UsageException($"{format} is no text for a terminal; give --out FILE.{format}");
        }
    }

    /// <summary>Makes the engine of a query.</summary>
    /// <exception cref="UsageException">The query contradicts itself.</exception>
    public static IIndicatorRun Make(IndicatorQuery query, CommandContext context)
    {
        try
        {
            return context.MakeRun(query);
        }
        catch (ConfigurationException problem)
        {
            throw new UsageException(problem.Message, problem);
        }
    }

    /// <summary>Reads files, then standard input.</summary>
    public static async Task ReadAsync(IIndicatorRun run, string[] exports, CommandContext context, CancellationToken cancellationToken)
    {
        string[] files = [.. exports.Where(static path => path != ExportInput.StandardInput)];
        if (files.Length > 0)
        {
            await run.ReadAsync(files, cancellationToken);
        }

        if (files.Length < exports.Length)
        {
            var pipe = PipeReader.Create(context.StandardInput, new StreamPipeReaderOptions(bufferSize: 1 << 18, leaveOpen: true));
            await run.ReadAsync(pipe, cancellationToken);
            await pipe.CompleteAsync();
        }
    }

    /// <summary>The writer of a format.</summary>
    public static IResultWriter Writer(string format, CommandContext? terminal) => format switch
    {
        "json" => new JsonResultWriter(),
        "ndjson" => new NdjsonResultWriter(),
        "csv" => new CsvResultWriter(),
        "markdown" => new MarkdownResultWriter(),
        "arrow" => new ArrowResultWriter(),
        "xlsx" => new WorkbookResults(),
        _ => new TableResultWriter(terminal?.OutputWidth, terminal?.UseColor ?? false),
    };

    /// <summary>The exit code, which says whether anything was skipped; says what.</summary>
    public static int Code(IReadOnlyList<ManifestInput> inputs, CommandContext context, bool isQuiet)
    {
        var skipped = inputs.Where(static input => input.Skipped.Count > 0).ToList();
        if (skipped.Count == 0)
        {
            return ExitCode.Done;
        }

        if (!isQuiet)
        {
            SaySkipped([.. skipped.SelectMany(static input => input.Skipped)], inputs.Count, context);
        }

        return ExitCode.Skipped;
    }

    private static void SaySkipped(IReadOnlyList<SkippedPart> parts, int inputs, CommandContext context)
    {
        foreach (var part in parts.Take(SkippedLines))
        {
            context.StandardError.WriteLine($"skipped: {TextTable.Visible(part.Message)}");
        }

        if (parts.Count > SkippedLines)
        {
            context.StandardError.WriteLine($"skipped: and {parts.Count - SkippedLines:N0} more");
        }

        var whole = parts.Count(static part => part.Batch is null);
        var rows = parts.Sum(static part => part.Rows ?? 0);
        var more = parts.Any(static part => part.Rows is null) ? " or more" : string.Empty;
        context.StandardError.WriteLine(
            $"skipped {whole:N0} of {inputs:N0} inputs and {parts.Count - whole:N0} batches of others, {rows:N0} rows{more}: "
            + "no figure counts them, the manifest lists them");
    }

    private static QuarantineFormat FormatOf(string path) => QuarantineFile.FormatOf(path)
        ?? throw new UsageException($"--quarantine: '{path}' names no format; end the file's name in .arrow, .feather or .csv");

    private static void CheckDistinct(CommandContext context, IReadOnlyList<string?> paths)
    {
        var named = paths.Where(static path => path is not (null or "-")).Select(path => context.Resolve(path!)).ToList();
        if (named.Distinct().Count() < named.Count)
        {
            throw new UsageException("--out, --manifest, --quarantine, --state and --difference must name different files");
        }
    }
}
