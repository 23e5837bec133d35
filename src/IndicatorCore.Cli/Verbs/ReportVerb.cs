using System.CommandLine;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Cli.Output;
using IndicatorCore.Html;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Declared;
using IndicatorCore.Registry;

namespace IndicatorCore.Cli.Verbs;

/// <summary><c>report EXPORT...</c>: one self-contained HTML page of a province, city, park or factory.</summary>
internal sealed class ReportVerb : IVerb
{
    private static readonly string[] s_languages = ["zh", "en"];
    private static readonly string[] s_series = ["none", "day", "week", "month", "quarter", "year"];
    private static readonly string[] s_levels = ["province", "city", "factory"];

    private readonly Argument<string[]> _exports = CommonOptions.Exports();
    private readonly RunOptions _options = new();
    private readonly Option<string?> _out = CommonOptions.Out();
    private readonly Option<string?> _title = new("--title") { Description = "The heading (default: what the first level is of)", HelpName = "TEXT" };

    private readonly Option<string> _language = new("--lang")
    {
        Description = "The language that the page opens with; readers can switch",
        HelpName = "zh|en",
        DefaultValueFactory = static _ => "zh",
    };

    private readonly Option<string> _series = new("--series")
    {
        Description = "The windows of the trend charts",
        HelpName = "none|day|week|month|quarter|year",
        DefaultValueFactory = static _ => "month",
    };

    public ReportVerb()
    {
        _language.AcceptOnlyFromAmong(s_languages);
        _series.AcceptOnlyFromAmong(s_series);
        Command = new Command("report", "Writes one self-contained HTML page: headline figures, trends, before and after, ranking, coverage map, data quality") { _exports };
        _options.AddTo(Command);
        Command.Options.Add(_title);
        Command.Options.Add(_language);
        Command.Options.Add(_series);
        Command.Options.Add(_out);
    }

    public Command Command { get; }

    public IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("indicators report exports/2024 --registry registry --out province.html", "the province, its cities and factories"),
        ("indicators report exports/2024 --registry registry --where factory=F001 --by factory --by line --out f001.html", "one factory and its lines"),
        ("indicators report exports/2024 --registry registry --by park --by factory --series week --lang en --out parks.html", "parks, with weekly trends, in English"),
    ];

    public async Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var exports = parsed.GetValue(_exports)!;
        var asked = _options.Query(parsed, context);
        if (asked.Window is not (Window.Default or Window.All))
        {
            throw new UsageException("--window: a page shows the whole span; the windows of its trends are --series");
        }

        // one grain for both reports, so that one pass serves them
        var levels = asked.GroupBy.Count > 0 ? asked.GroupBy : s_levels;
        var grain = StateGrain.For(asked with { GroupBy = levels, Window = Window.Day });
        var query = asked with { GroupBy = levels, Grain = grain, CoverageCells = true };
        var output = context.Target(parsed.GetValue(_out));
        output.Check();
        await using var run = RunVerb.Make(query, context);
        var isQuiet = parsed.GetValue<bool>(CommonOptions.Quiet);
        using var progress = new ProgressLine(context, isQuiet);
        run.Progress = progress;
        run.Warning = isQuiet ? null : text => context.StandardError.WriteLine($"warning: {TextTable.Visible(text)}");
        await RunVerb.ReadAsync(run, exports, context, cancellationToken);
        var figures = run.Finish(cancellationToken);
        var content = new HtmlReportContent
        {
            Title = parsed.GetValue(_title),
            Figures = figures,
            Series = Series(query, parsed.GetValue(_series)!, run, cancellationToken),
            Declared = query.Registry is { Declared.Count: > 0 } registry ? Declared(registry, figures) : [],
            Language = parsed.GetValue(_language) == "en" ? HtmlLanguage.English : HtmlLanguage.Chinese,
        };
        progress.Dispose();
        await OutputTarget.WriteAllAsync([(output, OutputTarget.Writing(stream => HtmlReport.Write(content, stream)))], cancellationToken);
        return RunVerb.Code(figures.Manifest.Inputs, context, isQuiet);
    }

    // of the factories that the page is about
    private static IReadOnlyList<DeclaredFigure> Declared(IndicatorRegistry registry, IndicatorReport figures)
    {
        var factories = figures.Rows.Where(static row => row.Group is [{ Key: "factory" }]).Select(static row => row.Group[0].Value).ToHashSet(StringComparer.Ordinal);
        return [.. DeclaredCheck.Compare(registry, figures).Figures.Where(figure => factories.Contains(figure.Record.Factory))];
    }

    private static IndicatorReport? Series(IndicatorQuery query, string windows, IIndicatorRun run, CancellationToken cancellationToken)
    {
        if (windows == "none")
        {
            return null;
        }

        var window = windows switch { "day" => Window.Day, "week" => Window.Week, "quarter" => Window.Quarter, "year" => Window.Year, _ => Window.Month };
        return run.Finish(query with { GroupBy = [query.GroupBy[0]], Window = window, CoverageCells = false }, cancellationToken);
    }
}
