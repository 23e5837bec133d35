using System.CommandLine;
using System.Text;
using IndicatorCore.Adapters.Csv;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Cli.Output;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Reading;
using IndicatorCore.Sources;

namespace IndicatorCore.Cli.Verbs;

/// <summary><c>import csv FILE...</c>: CSV exports to Arrow IPC.</summary>
internal sealed class ImportCsvVerb : IVerb
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "CSV files: paths, globs, or directories (their *.csv)",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _source = CommonOptions.Source();

    private readonly Option<string> _out = new("--out", "-o")
    {
        Description = "The Arrow file to write; for an existing directory, or several tables, the directory of TABLE.arrow",
        HelpName = "FILE|DIR",
        Required = true,
    };

    private readonly Option<bool> _noCompress = new("--no-compress") { Description = "Store buffers plain instead of LZ4" };

    public ImportCsvVerb() => Command = new Command("csv", "Turns CSV exports into Arrow IPC with typed columns (LZ4); the effective source profile goes into its metadata")
    {
        _files, _source, _out, _noCompress,
    };

    /// <summary>The word before all imports.</summary>
    public static (string Name, string Description) ImportParent => ("import", "Turns other exports into Arrow IPC");

    public (string Name, string Description)? Parent => ImportParent;

    public Command Command { get; }

    public IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("indicators import csv drive-*.csv --source profiles/ucc.json --out radio.arrow", "measurement drives with their source profile"),
        ("indicators run radio.arrow --select cov_sample", "then run: the profile travels with the file"),
    ];

    public async Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var files = Expand(parsed.GetValue(_files)!, context);
        var profile = parsed.GetValue(_source) is { } source ? SourceProfile.Load(context.Locate(source)) : SourceProfile.Empty;
        var options = new CsvImportOptions { Compress = !parsed.GetValue(_noCompress) };
        using var line = new ProgressLine(context, parsed.GetValue<bool>(CommonOptions.Quiet));
        var relay = new ProgressRelay<CsvImportProgress>(progress => line.Report(
            new EngineProgress(progress.Rows, progress.BytesRead, progress.BytesRead, progress.BytesTotal)));
        var summary = CsvImporter.Import(files, context.Locate(parsed.GetValue(_out)!), profile, options, relay, cancellationToken);
        line.Dispose();
        await context.Target(path: null).WriteAsync(stream => Write(stream, summary, context), cancellationToken);
        return ExitCode.Done;
    }

    private static IReadOnlyList<string> Expand(string[] names, CommandContext context)
    {
        var files = new List<string>();
        foreach (var path in names.Select(context.Locate))
        {
            if (!Directory.Exists(path))
            {
                files.AddRange(ExportFiles.Expand([path]));
                continue;
            }

            var found = Directory.GetFiles(path, "*.csv");
            if (found.Length == 0)
            {
                throw new FileNotFoundException($"The directory '{path}' holds no *.csv");
            }

            files.AddRange(found.Order(StringComparer.Ordinal));
        }

        return [.. files.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A line a file that was made.</summary>
    public static void Write(Stream stream, ImportSummary summary, CommandContext context)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        var table = new TextTable(
            new TextColumn("file"),
            new TextColumn("table"),
            new TextColumn("inputs", IsRightAligned: true),
            new TextColumn("rows", IsRightAligned: true),
            new TextColumn("quarantined", CanWrap: true),
            new TextColumn("columns", CanWrap: true));
        foreach (var made in summary.Tables)
        {
            var quarantined = made.Quarantined.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key} {pair.Value}");
            table.Add([made.Path, made.Table, $"{made.Inputs.Count}", $"{made.Rows}", string.Join(", ", quarantined), string.Join(", ", made.Columns)]);
        }

        table.Write(text, context.OutputWidth, context.UseColor);
    }
}
