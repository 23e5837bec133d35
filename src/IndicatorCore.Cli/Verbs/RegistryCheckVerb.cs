using System.CommandLine;
using IndicatorCore.Adapters.Registry;
using IndicatorCore.Cli.Forms;
using IndicatorCore.Indicators.Declared;
using IndicatorCore.Registry;

namespace IndicatorCore.Cli.Verbs;

/// <summary><c>registry check DIR</c>: gaps and contradictions in a registry.</summary>
internal sealed class RegistryCheckVerb : IVerb
{
    private static readonly string[] s_formats = ["table", "json", "csv"];   // in the order of RegistryIssueFormat

    private readonly Argument<string> _path = new("PATH") { Description = "The registry: a directory of .csv, .arrow or .xlsx tables, or one .xlsx with a sheet each" };
    private readonly Option<string> _format = CommonOptions.Format(s_formats);
    private readonly Option<string?> _out = CommonOptions.Out();
    private readonly Option<bool> _strict = new("--strict") { Description = "End with exit code 5 when there are errors or warnings" };

    public RegistryCheckVerb() => Command = new Command("check", "Lists gaps and contradictions in a registry, each with its table, line or cell, and what to do")
    {
        _path, _format, _out, _strict,
    };

    public (string Name, string Description)? Parent => ("registry", "Looks after registries");

    public Command Command { get; }

    public IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("indicators registry check registry", "all findings, errors first"),
        ("indicators registry check registry.xlsx --format csv --out findings.csv", "of a workbook, by cells, for a spreadsheet"),
        ("indicators registry check registry --strict --format json", "for a gate: exit code 5 when there are errors or warnings"),
    ];

    public async Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var output = context.Target(parsed.GetValue(_out));
        output.Check();
        var path = context.Locate(parsed.GetValue(_path)!);
        var reading = RegistryWorkbook.Is(path)
            ? RegistryReader.ReadAll(RegistryWorkbook.Sheets(path), path)
            : RegistryReader.ReadAll(path, RegistryWorkbook.Sheets);
        cancellationToken.ThrowIfCancellationRequested();
        var registry = reading.Registry;
        var issues = reading.Issues([.. RegistryFindings.Of(registry), .. DeclaredFindings.Of(registry), .. RegistryChecks.Of(registry)]);
        var format = (RegistryIssueFormat)Array.IndexOf(s_formats, parsed.GetValue(_format));
        var writer = new RegistryIssueWriter(format, output.IsStandard ? context.OutputWidth : null, output.IsStandard && context.UseColor);
        await output.WriteAsync(stream => writer.Write(issues, stream), cancellationToken);
        if (!parsed.GetValue<bool>(CommonOptions.Quiet))
        {
            await context.StandardError.WriteLineAsync(RegistryIssueWriter.Summary(issues));
        }

        return parsed.GetValue(_strict) && issues.Any(static issue => issue.Severity != FindingSeverity.Notice) ? ExitCode.CheckFailed : ExitCode.Done;
    }
}
