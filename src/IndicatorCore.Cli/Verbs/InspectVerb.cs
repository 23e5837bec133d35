using System.CommandLine;
using IndicatorCore.Cli.Exports;
using IndicatorCore.Indicators;
using IndicatorCore.Sources;

namespace IndicatorCore.Cli.Verbs;

/// <summary><c>inspect [--full] EXPORT...</c>: what is in an export, and what can be made of it.</summary>
internal sealed class InspectVerb : IVerb
{
    private readonly Argument<string[]> _exports = CommonOptions.Exports();

    private readonly Option<bool> _full = new("--full")
    {
        Description = "Decode and validate every buffer of every column: count, nulls, min, max, distinct (dictionaries)",
    };

    private readonly Option<string?> _source = CommonOptions.Source();
    private readonly Option<string> _format = CommonOptions.Format("table", "json");
    private readonly Option<string?> _out = CommonOptions.Out();

    public InspectVerb() => Command = new Command(
        "inspect",
        "Shows schema, batches, rows, compression, sizes, time range, the tables and indicators that an export can feed, and what is missing; of a state file, what it holds")
    {
        _exports, _full, _source, _format, _out,
    };

    public Command Command { get; }

    public IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("indicators inspect exports/2024-03", "what a directory holds; reads metadata and the columns of time only"),
        ("indicators inspect --full radio.arrow", "decodes and checks everything"),
        ("indicators inspect march.state", "a state file: what it covers, how finely it is kept, shards, revisions and signature"),
        ("indicators inspect probes.arrow --source ucc.json --format json", "with a source profile, as JSON"),
    ];

    public async Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var names = ExportInput.Expand(parsed.GetValue(_exports)!, context);
        var source = parsed.GetValue(_source) is { } path ? SourceProfile.Load(context.Resolve(path)) : null;
        var isFull = parsed.GetValue(_full);
        var target = context.Target(parsed.GetValue(_out));
        target.Check();
        var inputs = new List<InputInspection>();
        var states = new List<StateFileInfo>();
        foreach (var name in names)
        {
            if (name != ExportInput.StandardInput && StateFileInfo.IsState(name))
            {
                states.Add(await StateFileInfo.SurveyAsync(name, cancellationToken));
                continue;
            }

            inputs.Add(await Inspector.InspectAsync(name, source, isFull ? InspectionDepth.Full : InspectionDepth.Times, context, cancellationToken));
        }

        var indicators = IndicatorReadiness.Of(context.Catalog, inputs);
        await target.WriteAsync(
            stream =>
            {
                if (parsed.GetValue(_format) == "json")
                {
                    InspectionJson.Write(stream, inputs, indicators, states, isFull);
                }
                else
                {
                    InspectionText.Write(
                        stream, inputs, indicators, states, isFull, target.IsStandard ? context.OutputWidth : null, target.IsStandard && context.UseColor);
                }
            },
            cancellationToken);
        return ExitCode.Done;
    }
}
