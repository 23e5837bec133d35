using System.CommandLine;
using IndicatorCore.Adapters.Csv;
using IndicatorCore.Adapters.PmXml;
using IndicatorCore.Cli.Output;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Reading;

namespace IndicatorCore.Cli.Verbs;

/// <summary><c>import pm-xml FILE...</c>: performance measurements of 3GPP to Arrow IPC.</summary>
internal sealed class ImportPmXmlVerb : IVerb
{
    private static readonly string[] s_patterns = ["*.xml", "*.xml.gz", "*.gz"];

    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "measCollecFile (TS 32.435) or measDataFile (TS 28.532) documents, plain or gzip: paths, globs, or directories (their *.xml, *.gz)",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _map = new("--map")
    {
        Description = "What becomes of which measurement types, and where objects belong (JSON, docs/preparing-exports.md; default: PDCP volumes of TS 28.552)",
        HelpName = "FILE",
    };

    private readonly Option<string> _out = new("--out", "-o") { Description = "The directory of counter.arrow, radio.arrow and so on", HelpName = "DIR", Required = true };

    private readonly Option<bool> _noCompress = new("--no-compress") { Description = "Store buffers plain instead of LZ4" };

    public ImportPmXmlVerb() => Command = new Command("pm-xml", "Turns performance measurement files of 3GPP into Arrow IPC: volumes to counters, gauges to samples, means beside their weights")
    {
        _files, _map, _out, _noCompress,
    };

    public (string Name, string Description)? Parent => ImportCsvVerb.ImportParent;

    public Command Command { get; }

    public IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("indicators import pm-xml A2024*.xml.gz --out pm", "volumes of user data by cell, as counters"),
        ("indicators run pm --select thr,thr_ul,thr_dl --by factory", "then their throughput"),
        ("indicators import pm-xml pm-files --map vendor.json --out pm", "a vendor's own measurement types, and which cell belongs to which factory"),
    ];

    public async Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var files = Expand(parsed.GetValue(_files)!, context);
        var mapping = parsed.GetValue(_map) is { } map ? PmMapping.Load(context.Locate(map)) : PmMapping.Default;
        var options = new CsvImportOptions { Compress = !parsed.GetValue(_noCompress) };
        using var line = new ProgressLine(context, parsed.GetValue<bool>(CommonOptions.Quiet));
        var relay = new ProgressRelay<CsvImportProgress>(progress => line.Report(
            new EngineProgress(progress.Rows, progress.BytesRead, progress.BytesRead, progress.BytesTotal)));
        var summary = PmImporter.Import(files, context.Locate(parsed.GetValue(_out)!), mapping, options, relay, cancellationToken);
        line.Dispose();
        await context.Target(path: null).WriteAsync(stream => ImportCsvVerb.Write(stream, summary, context), cancellationToken);
        return ExitCode.Done;
    }

    private static List<string> Expand(string[] names, CommandContext context)
    {
        var files = new List<string>();
        foreach (var path in names.Select(context.Locate))
        {
            if (!Directory.Exists(path))
            {
                files.AddRange(ExportFiles.Expand([path]));
                continue;
            }

            var found = s_patterns.SelectMany(pattern => Directory.GetFiles(path, pattern)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            if (found.Count == 0)
            {
                throw new FileNotFoundException($"The directory '{path}' holds no *.xml and no *.gz");
            }

            files.AddRange(found);
        }

        return [.. files.Distinct(StringComparer.Ordinal)];
    }
}
