using System.CommandLine;
using System.Globalization;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Cli.Exports;
using IndicatorCore.Cli.Forms;
using IndicatorCore.Cli.Output;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Office.Forms;
using IndicatorCore.Office.Templates;
using IndicatorCore.Programmes;
using IndicatorCore.Programmes.Filling;
using IndicatorCore.Programmes.Writing;

namespace IndicatorCore.Cli.Verbs;

/// <summary><c>form PROGRAMME EXPORT...</c>: fills a programme's form or table.</summary>
internal sealed class FormVerb : IVerb
{
    private const int ShownFindings = 20;
    private static readonly string[] s_formats = ["table", "xlsx", "docx", "csv", "json", "markdown"];

    private readonly Argument<string?> _programme = new("PROGRAMME")
    {
        Description = "liaoning-2024, liaoning-2024-summary, national-2024, national-library, tianjin-2023, liaoning-zone, guangdong-park, directory, "
            + "monitoring, grading, or the id of a programme file; 'indicators form --list' says what each is",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Argument<string[]> _exports = new("EXPORT")
    {
        Description = "As for run; none for directory, which needs the registry alone",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly RunOptions _options = new();
    private readonly Option<string?> _out = CommonOptions.Out();
    private readonly Option<bool> _list = new("--list") { Description = "List the programmes and end" };
    private readonly Option<bool> _strict = new("--strict") { Description = "End with exit code 5 when a check does not hold" };
    private readonly Option<string?> _format = new("--format", "-f")
    {
        Description = "How the form is written (default: by the ending of --template or --out, else table)",
        HelpName = string.Join('|', s_formats),
    };

    private readonly Option<string?> _template = new("--template")
    {
        Description = "Fill your own .xlsx or .docx with marks such as {{项目名称}} or {{工厂名称.1}}",
        HelpName = "FILE",
    };

    private readonly Option<string?> _file = new("--programme-file")
    {
        Description = "A programme of your own (JSON), see docs/programmes.md",
        HelpName = "JSON",
    };

    public FormVerb()
    {
        _format.AcceptOnlyFromAmong(s_formats);
        Command = new Command("form", "Fills a programme's official form or table, and checks it before it is printed") { _programme, _exports };
        _options.AddTo(Command);
        Option[] options = [_format, _out, _template, _file, _strict, _list];
        foreach (var option in options)
        {
            Command.Options.Add(option);
        }
    }

    public Command Command { get; }

    public IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("indicators form --list", "the programmes"),
        ("indicators form liaoning-2024 exports --registry registry --where factory=F001 --out F001.docx", "one factory's application, for Word"),
        ("indicators form national-2024 exports --registry registry --as-of 2024-09-10 --strict --out list.xlsx", "the list, with exit code 5 unless every check holds"),
        ("indicators form tianjin-2023 exports --registry registry --where factory=F001 --template ours.docx --out F001.docx", "your own template"),
        ("indicators form directory --registry registry --format csv", "numbers of the yearly directory, from the registry alone"),
    ];

    public async Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_list))
        {
            await context.Target(parsed.GetValue(_out)).WriteAsync(stream => FormTable.WriteList(stream, context), cancellationToken);
            return ExitCode.Done;
        }

        var programme = Programme(parsed, context);
        var exports = parsed.GetValue(_exports)!;
        var needsFigures = programme.Indicators.Count > 0;
        if (needsFigures && exports.Length == 0)
        {
            throw new UsageException($"{programme.Id} needs exports; name files, folders or -");
        }

        var query = Query(programme, _options.Query(parsed, context));
        var template = parsed.GetValue(_template) is { } path ? context.Resolve(path) : null;
        var format = Format(parsed, template);
        var output = context.Target(parsed.GetValue(_out));
        output.Check();
        if (output.IsStandard && context.OutputWidth is not null && format is "xlsx" or "docx")
        {
            throw new UsageException($"{format} is no text for a terminal; give --out FILE.{format}");
        }

        var isQuiet = parsed.GetValue<bool>(CommonOptions.Quiet);
        var (report, before) = needsFigures ? await ReadAsync(programme, query, exports, context, isQuiet, cancellationToken) : (null, null);
        var day = query.AsOf is { } asOf
            ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(asOf, CommonOptions.FindZone(query.TimeZone)).DateTime)
            : (DateOnly?)null;
        var form = FormFiller.Fill(
            programme, new FormInput { Registry = query.Registry!, Report = report, Before = before }, new FormOptions { Day = day, Where = query.Where });

        IReadOnlyList<string> unknown = [];
        await output.WriteAsync(
            stream =>
            {
                if (template is not null)
                {
                    unknown = FormTemplate.Fill(template, form, stream);
                }
                else if (Writer(format) is { } writer)
                {
                    writer.Write(form, stream);
                }
                else
                {
                    FormTable.Write(stream, form, output.IsStandard ? context : null);
                }
            },
            cancellationToken);

        Say(form, unknown, showsFindings: template is not null || format is "csv" or "docx", isQuiet, context);
        var code = report is null ? ExitCode.Done : RunVerb.Code(report.Manifest.Inputs, context, isQuiet);
        return parsed.GetValue(_strict) && (!form.Holds || unknown.Count > 0) ? ExitCode.CheckFailed : code;
    }

    private Programme Programme(ParseResult parsed, CommandContext context)
    {
        var own = parsed.GetValue(_file) is { } file ? ProgrammeReader.Read(context.Locate(file)) : null;
        var id = parsed.GetValue(_programme);
        if (id is null)
        {
            return own ?? throw new UsageException("name a programme; 'indicators form --list' lists them");
        }

        if (own?.Id == id)
        {
            return own;
        }

        try
        {
            return own is null
                ? ProgrammeCatalog.Find(id)
                : throw new UsageException($"--programme-file holds {own.Id}, and {id} is asked for");
        }
        catch (ConfigurationException problem)
        {
            throw new UsageException(problem.Message, problem);
        }
    }

    private static IndicatorQuery Query(Programme programme, IndicatorQuery query)
    {
        var hasSeries = programme.Sections.Any(static section => section.Rows == SectionRows.Series);
        var hasMilestones = programme.Sections.Any(static section => section.Rows == SectionRows.Milestones);
        if (query.GroupBy.Count > 0)
        {
            throw new UsageException($"--by: {programme.Id} has figures by {string.Join(" and ", programme.Levels)}, and no others");
        }

        if (query.Select.Count > 0 && !hasSeries)
        {
            throw new UsageException($"--select: {programme.Id} chooses its indicators itself; only series take others");
        }

        if (query.Window != Window.Default && !hasSeries && !hasMilestones)
        {
            throw new UsageException($"--window: the fields of {programme.Id} have their own windows; only series and milestones are cut in time");
        }

        return query with
        {
            Registry = query.Registry ?? throw new UsageException("form needs --registry: it holds the fields that telemetry does not know"),
            GroupBy = programme.Levels,
            Select = query.Select.Count > 0 ? query.Select : programme.Indicators,
            Window = query.Window == Window.Default && hasSeries ? Window.Month : query.Window,
        };
    }

    private static async Task<(IndicatorReport Report, IndicatorReport? Before)> ReadAsync(
        Programme programme, IndicatorQuery query, string[] exports, CommandContext context, bool isQuiet, CancellationToken cancellationToken)
    {
        var report = await ReadAsync(query, exports, context, isQuiet, cancellationToken);
        if (!programme.NeedsBaseline)
        {
            return (report, null);
        }

        var spans = BaselineSpans(report).Distinct().ToList();
        var problem = exports.Contains(ExportInput.StandardInput) ? "standard input cannot be read twice"
            : spans.Count > 1 ? "the factories have different baselines; fill one at a time with --where factory=ID, or give --baseline and --after"
            : null;
        if (problem is not null || spans.Count == 0)
        {
            if (problem is not null && !isQuiet)
            {
                await context.StandardError.WriteLineAsync($"note: values before are left out of the comparison: {problem}");
            }

            return (report, null);
        }

        // only indicators without phases of their own have to be computed over the baseline
        string[] phases = ["eff_gain", "cost_red"];
        var asked = programme.Sections.SelectMany(static section => section.AllFields).Where(static field => field.Part == FigurePart.Before)
            .SelectMany(static field => field.Indicators).Distinct().Except(phases).ToList();
        return asked.Count == 0
            ? (report, null)
            : (report, await ReadAsync(
                query with { Select = asked, From = Bound(spans[0].Start), To = Bound(spans[0].End), Baseline = null, After = null },
                exports, context, isQuiet, cancellationToken));
    }

    private static async Task<IndicatorReport> ReadAsync(
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

    private static IEnumerable<(long Start, long End)> BaselineSpans(IndicatorReport report)
    {
        foreach (var group in report.Rows.Where(static row => row.Indicator is "eff_gain" or "cost_red" && row.Evidence is not null).GroupBy(static row => row.Group))
        {
            // production days before cost months
            foreach (var row in group.OrderByDescending(static row => row.Indicator, StringComparer.Ordinal))
            {
                if (Instant(row, "baseline_start") is { } start && Instant(row, "baseline_end") is { } end)
                {
                    yield return (start, end);
                    break;
                }
            }
        }
    }

    private static long? Instant(IndicatorRow row, string name) => row.Evidence!.Additional.FirstOrDefault(pair => pair.Key == name).Value.Instant;

    private static TimeBound Bound(long nanoseconds) => new(DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick));

    private string Format(ParseResult parsed, string? template)
    {
        var given = parsed.GetValue(_format);
        var ending = Path.GetExtension(template ?? parsed.GetValue(_out) ?? string.Empty).ToLower(CultureInfo.InvariantCulture);
        var named = ending switch
        {
            ".xlsx" => "xlsx",
            ".docx" => "docx",
            ".csv" => "csv",
            ".json" => "json",
            ".md" => "markdown",
            _ => null,
        };
        return template is not null && (named is not ("xlsx" or "docx") || (given is not null && given != named))
            ? throw new UsageException("--template takes a .xlsx or .docx file, and the form comes out in that format")
            : given ?? named ?? s_formats[0];
    }

    private static IFormWriter? Writer(string format) => format switch
    {
        "xlsx" => new FormWorkbook(),
        "docx" => new FormDocument(),
        "csv" => new FormCsv(),
        "json" => new FormJson(),
        "markdown" => new FormMarkdown(),
        _ => null,
    };

    private static void Say(FilledForm form, IReadOnlyList<string> unknown, bool showsFindings, bool isQuiet, CommandContext context)
    {
        foreach (var mark in unknown)
        {
            context.StandardError.WriteLine($"warning: the template's mark {{{{{TextTable.Visible(mark)}}}}} names no field of {form.Programme}; it is left as it stands");
        }

        if (isQuiet || form.Findings.Count == 0)
        {
            return;
        }

        var shown = showsFindings ? form.Findings.Count : Math.Min(ShownFindings, form.Findings.Count(static finding => finding.Severity == FormSeverity.Error));
        foreach (var finding in form.Findings.Take(shown))
        {
            var subject = finding.Subject is null ? string.Empty : $"{finding.Subject} ";
            context.StandardError.WriteLine(TextTable.Visible($"{FormTraceColumns.Severity(finding.Severity)}: {subject}{finding.Field}: {finding.Problem}. {finding.Advice}"));
        }

        var counts = form.Findings.CountBy(static finding => finding.Severity).OrderBy(static pair => pair.Key)
            .Select(static pair => $"{pair.Value} {FormTraceColumns.Severity(pair.Key)}{(pair.Value == 1 ? string.Empty : "s")}");
        context.StandardError.WriteLine($"checks: {string.Join(", ", counts)}{(form.Holds ? "; every check holds" : string.Empty)}");
    }
}
