using System.CommandLine;
using System.Text;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;

namespace IndicatorCore.Cli.Verbs;

/// <summary><c>catalog [ID]</c>: what can be computed, from what, and when it must not be published.</summary>
internal sealed class CatalogVerb : IVerb
{
    private readonly Argument<string?> _id = new("ID")
    {
        Description = "One indicator, such as cov_grid; all when left out",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string[]> _define = CommonOptions.Define();
    private readonly Option<string> _format = CommonOptions.Format("table", "json", "markdown");
    private readonly Option<string?> _out = CommonOptions.Out();

    public CatalogVerb() => Command = new Command("catalog", "Lists every indicator: definition, names, formula, unit, columns, state, publication rule")
    {
        _id, _define, _format, _out,
    };

    public Command Command { get; }

    public IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("indicators catalog", "every indicator"),
        ("indicators catalog eff_gain", "one in full"),
        ("indicators catalog --define lines.jsonc", "with the indicators of a definition file"),
        ("indicators catalog --format markdown --out INDICATORS.md", "as a page"),
    ];

    public async Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var id = parsed.GetValue(_id);
        var files = parsed.GetValue(_define)!;
        IReadOnlyList<IndicatorDescription> catalog = [.. context.Catalog, .. CommonOptions.Defined(files, context)?.Indicators ?? []];
        var chosen = id is null ? catalog : [Find(id, catalog)];
        var target = context.Target(parsed.GetValue(_out));
        await target.WriteAsync(
            stream =>
            {
                switch (parsed.GetValue(_format))
                {
                    case "json":
                        WriteJson(stream, chosen, isOne: id is not null);
                        break;
                    case "markdown":
                        WriteText(stream, text => MarkdownTable.Write(text, Columns(files), chosen.Select(indicator => CellsOf(indicator, files))));
                        break;
                    default:
                        WriteText(stream, text => WriteTable(text, chosen, id is not null, files, target.IsStandard ? context : null));
                        break;
                }
            },
            cancellationToken);
        return ExitCode.Done;
    }

    private static readonly TextColumn[] s_columns =
    [
        new("definition"), new("名称", CanWrap: true), new("name", CanWrap: true), new("formula", CanWrap: true), new("unit"),
        new("columns", CanWrap: true), new("state", CanWrap: true), new("publication rule", CanWrap: true),
    ];

    // what definition files say beside
    private static readonly TextColumn[] s_definedColumns = [.. s_columns, new("better"), new("sources", CanWrap: true)];

    private static string[] DefinedCells(IndicatorDescription indicator) =>
        [.. Cells(indicator), Better(indicator) ?? string.Empty, string.Join("; ", indicator.Sources)];

    private static IndicatorDescription Find(string id, IReadOnlyList<IndicatorDescription> catalog)
    {
        foreach (var indicator in catalog)
        {
            if (indicator.Id == id || indicator.Definition == id || indicator.Parts.Contains(id))
            {
                return indicator;
            }
        }

        throw new UsageException(
            $"there is no indicator '{id}'. {NearestName.Advice(id, [.. catalog.Select(static indicator => indicator.Id)])}");
    }

    private static string[] Cells(IndicatorDescription indicator) =>
    [
        indicator.Definition, indicator.ChineseName, indicator.EnglishName, indicator.Formula, indicator.Unit,
        string.Join(" | ", indicator.Needs), indicator.State, indicator.PublicationRule,
    ];

    private static void WriteText(Stream stream, Action<TextWriter> write)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        write(text);
    }

    private static TextColumn[] Columns(string[] files) => files.Length > 0 ? s_definedColumns : s_columns;

    private static string[] CellsOf(IndicatorDescription indicator, string[] files) => files.Length > 0 ? DefinedCells(indicator) : Cells(indicator);

    private static void WriteTable(TextWriter text, IReadOnlyList<IndicatorDescription> chosen, bool isOne, string[] files, CommandContext? terminal)
    {
        if (!isOne)
        {
            var table = new TextTable(Columns(files));
            foreach (var indicator in chosen)
            {
                table.Add(CellsOf(indicator, files));
            }

            table.Write(text, terminal?.OutputWidth, terminal?.UseColor ?? false);
            return;
        }

        var facts = new TextTable(new TextColumn("field"), new TextColumn("value", CanWrap: true));
        var only = chosen[0];
        for (var i = 0; i < s_columns.Length; i++)
        {
            facts.Add([s_columns[i].Header, Cells(only)[i]]);
        }

        if (Better(only) is { } better)
        {
            facts.Add(["better", better]);
        }

        facts.Add(["weights", only.Weights]);
        facts.Add(["parts", string.Join(", ", only.Parts)]);
        facts.Add(["sources", string.Join("; ", only.Sources)]);
        facts.Write(text, terminal?.OutputWidth, terminal?.UseColor ?? false);
    }

    private static void WriteJson(Stream stream, IReadOnlyList<IndicatorDescription> chosen, bool isOne)
    {
        var buffer = new StreamBuffer(stream);
        var json = new JsonOutput(buffer);
        if (!isOne)
        {
            json.StartArray();
        }

        foreach (var indicator in chosen)
        {
            if (!isOne)
            {
                json.StartLine();
            }

            json.StartObject();
            Text(json, "id", indicator.Id);
            json.Name("version");
            json.Value(indicator.Version);
            Text(json, "definition", indicator.Definition);
            Text(json, "chinese_name", indicator.ChineseName);
            Text(json, "english_name", indicator.EnglishName);
            Text(json, "formula", indicator.Formula);
            Text(json, "unit", indicator.Unit);
            if (Better(indicator) is { } better)
            {
                Text(json, "better", better);
            }

            Texts(json, "columns", [.. indicator.Needs.Select(static need => need.ToString())]);
            Text(json, "state", indicator.State);
            Text(json, "weights", indicator.Weights);
            Text(json, "publication_rule", indicator.PublicationRule);
            Texts(json, "parts", indicator.Parts);
            Texts(json, "sources", indicator.Sources);
            json.EndObject();
        }

        if (!isOne)
        {
            json.EndArray();
        }

        json.LineFeed();
        buffer.Flush();
    }

    private static string? Better(IndicatorDescription indicator) => indicator.Direction switch
    {
        IndicatorDirection.HigherIsBetter => "higher",
        IndicatorDirection.LowerIsBetter => "lower",
        _ => null,
    };

    private static void Text(JsonOutput json, string name, string value)
    {
        json.Name(name);
        json.Value(value);
    }

    private static void Texts(JsonOutput json, string name, IReadOnlyList<string> values)
    {
        json.Name(name);
        json.StartArray();
        foreach (var value in values)
        {
            json.Value(value);
        }

        json.EndArray();
    }
}
