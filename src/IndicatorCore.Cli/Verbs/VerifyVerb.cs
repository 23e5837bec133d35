using System.CommandLine;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Cli.Exports;
using IndicatorCore.Cli.Output;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Declared;

namespace IndicatorCore.Cli.Verbs;

/// <summary><c>verify EXPORT... --registry R</c>: declared against measured, a verdict a figure.</summary>
internal sealed class VerifyVerb : IVerb
{
    private static readonly string[] s_formats = ["table", "json", "ndjson", "csv", "markdown"];   // in the order of DeclaredFormat

    private readonly Argument<string[]> _exports = CommonOptions.Exports();
    private readonly RunOptions _options = new();
    private readonly Option<string> _format = CommonOptions.Format(s_formats);
    private readonly Option<string?> _out = CommonOptions.Out();
    private readonly Option<string?> _manifest = new("--manifest") { Description = "Also write the manifest of the measured side (JSON) to FILE", HelpName = "FILE" };
    private readonly Option<bool> _strict = new("--strict") { Description = "End with exit code 5 when a figure is OVERSTATED" };

    public VerifyVerb()
    {
        Command = new Command("verify", "Compares what the registry declares with what the exports measure, by factory, a verdict a figure") { _exports };
        _options.AddTo(Command);
        Command.Options.Add(_format);
        Command.Options.Add(_out);
        Command.Options.Add(_manifest);
        Command.Options.Add(_strict);
    }

    public Command Command { get; }

    public IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("indicators verify exports/2024 --registry registry", "every declared figure that can be computed"),
        ("indicators verify exports --registry registry --select knr,eff_gain --format csv --out verdicts.csv", "two headline figures, as CSV"),
        ("indicators verify exports --registry registry --strict --format ndjson", "for a gate: exit code 5 when a figure is overstated"),
    ];

    public async Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var exports = parsed.GetValue(_exports)!;
        if (exports.Count(static path => path == ExportInput.StandardInput) > 1)
        {
            throw new UsageException("standard input (-) can be read only once");
        }

        var asked = _options.Query(parsed, context);
        var registry = asked.Registry ?? throw new UsageException("verify needs --registry: its table declared says what is to be verified");
        if (registry.Declared.Count == 0)
        {
            throw new UsageException("the registry declares nothing; its table declared has the columns factory, indicator (指标) and text (申报值)");
        }

        var query = DeclaredCheck.Measuring(asked)
            ?? throw new UsageException("nothing that the registry declares can be computed, or --select leaves nothing of it; see 'indicators catalog'");
        var output = context.Target(parsed.GetValue(_out));
        var manifest = parsed.GetValue(_manifest) is { } path ? context.Target(path) : null;
        output.Check();
        manifest?.Check();

        var isQuiet = parsed.GetValue<bool>(CommonOptions.Quiet);
        if (asked.GroupBy.Count > 0 && !isQuiet)
        {
            await context.StandardError.WriteLineAsync("note: figures are declared by factory; --by changes nothing here");
        }

        var report = await MeasureAsync(query, exports, context, isQuiet, cancellationToken);
        var figures = Selected(DeclaredCheck.Compare(registry, report), query);
        var format = (DeclaredFormat)Array.IndexOf(s_formats, parsed.GetValue(_format));
        var writer = new DeclaredWriter(format, output.IsStandard ? context.OutputWidth : null, output.IsStandard && context.UseColor);
        var outputs = new List<(OutputTarget, Func<Stream, Task>)> { (output, OutputTarget.Writing(stream => writer.Write(figures, stream))) };
        if (manifest is not null)
        {
            outputs.Add((manifest, OutputTarget.Writing(stream => ManifestJson.Write(report, stream))));
        }

        await OutputTarget.WriteAllAsync(outputs, cancellationToken);
        if (!isQuiet && figures.WithoutCounterpart is { Count: > 0 } without)
        {
            var names = string.Join(", ", without.Select(static row => row.Indicator).Distinct().Take(5).Select(TextTable.Visible));
            await context.StandardError.WriteLineAsync($"note: {without.Count:N0} declared figures have no computable counterpart: {names}");
        }

        var code = RunVerb.Code(report.Manifest.Inputs, context, isQuiet);
        return parsed.GetValue(_strict) && figures.HasOverstated ? ExitCode.CheckFailed : code;
    }

    // --select keeps the others out of the comparison, too: they were not measured
    private static DeclaredReport Selected(DeclaredReport report, IndicatorQuery query) =>
        report with { Figures = [.. report.Figures.Where(figure => query.Select.Contains(figure.Indicator))] };

    private static async Task<IndicatorReport> MeasureAsync(
        IndicatorQuery query, string[] exports, CommandContext context, bool isQuiet, CancellationToken cancellationToken)
    {
        await using var run = RunVerb.Make(query, context);
        using var progress = new ProgressLine(context, isQuiet);
        run.Progress = progress;
        run.Warning = isQuiet ? null : text => context.StandardError.WriteLine($"warning: {TextTable.Visible(text)}");
        await RunVerb.ReadAsync(run, exports, context, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return run.Finish(cancellationToken);
    }
}
