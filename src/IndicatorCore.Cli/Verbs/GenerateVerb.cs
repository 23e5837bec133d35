using System.CommandLine;
using System.Globalization;
using System.Text;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Cli.Output;
using IndicatorCore.Generation;
using IndicatorCore.Ipc;

namespace IndicatorCore.Cli.Verbs;

/// <summary><c>generate</c>: a realistic province from a seed, with its registry and exact answers.</summary>
internal sealed class GenerateVerb : IVerb
{
    private readonly Option<string> _seed = new("--seed") { Description = "Seed; equal options give equal bytes", HelpName = "N", DefaultValueFactory = static _ => "1" };

    private readonly Option<string> _rows = new("--rows")
    {
        Description = "Telemetry rows, approximately, such as 100000, 60M or 1G",
        HelpName = "N",
        DefaultValueFactory = static _ => "100000",
    };

    private readonly Option<string> _out = new("--out", "-o") { Description = "Directory to write to", HelpName = "DIR", Required = true };

    private readonly Option<string> _layout = new("--layout")
    {
        Description = "Files a table, or one wide telemetry table",
        HelpName = "tables|telemetry",
        DefaultValueFactory = static _ => "tables",
    };

    private readonly Option<string> _order = new("--order")
    {
        Description = "Rows by time, or in a fixed permutation",
        HelpName = "time|shuffled",
        DefaultValueFactory = static _ => "time",
    };

    private readonly Option<string?> _start = new("--start") { Description = "First local day of production, energy and cost", HelpName = "DATE" };
    private readonly Option<string?> _days = new("--days") { Description = "Local days of production, energy and cost, at least 540, or at most 60 and then without go-lives", HelpName = "N" };
    private readonly Option<string?> _hotDays = new("--hot-days") { Description = "Local days of the high-volume tables, 30 to 60, at most all", HelpName = "N" };
    private readonly Option<string?> _factories = new("--factories") { Description = "Factories (default one per 8,000 rows, at most 400)", HelpName = "N" };
    private readonly Option<string?> _lines = new("--lines") { Description = "Lines a factory (default 1 to 4, more for many rows)", HelpName = "N" };
    private readonly Option<string?> _devices = new("--devices") { Description = "Devices a line (default 7 to 14, more for many rows)", HelpName = "N" };

    private readonly Option<string?> _period = new("--period")
    {
        Description = "How often each device sends a heartbeat, and each modem a sample and a round trip, such as 60s; --rows has no effect then",
        HelpName = "TIME",
    };

    private readonly Option<string?> _batchRows = new("--batch-rows") { Description = "Rows a record batch (default 65536)", HelpName = "N" };
    private readonly Option<bool> _noCompress = new("--no-compress") { Description = "Store buffers plain instead of LZ4" };
    private readonly Option<bool> _streams = new("--streams") { Description = "Write Arrow streams (.arrows) instead of files" };
    private readonly Option<bool> _noRegistry = new("--no-registry") { Description = "Write no registry" };
    private readonly Option<bool> _noFaults = new("--no-faults") { Description = "Leave out what real data has: replays, skewed clocks, nulls, sentinels, outages, late rows" };

    private readonly Option<bool> _periods = new("--periods") { Description = "Say in the schemas how long a heartbeat holds and how often radio is sampled: what link_avail, online_instant and cov_time need" };

    public GenerateVerb()
    {
        _layout.AcceptOnlyFromAmong("tables", "telemetry");
        _order.AcceptOnlyFromAmong("time", "shuffled");
        Command = new Command("generate", "Writes a realistic province dump of any size from a seed, with its registry and the exact expected answers")
        {
            _seed, _rows, _out, _layout, _order, _start, _days, _hotDays, _factories, _lines, _devices, _period, _batchRows, _noCompress, _streams, _noRegistry, _noFaults, _periods,
        };
    }

    public Command Command { get; }

    public IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("indicators generate --out dump --rows 1M", "a million rows with registry/ and expected.json"),
        ("indicators generate --out dump --seed 7 --rows 60M --layout telemetry --order shuffled", "one wide table, rows shuffled"),
        ("indicators generate --out fleet --factories 100 --lines 4 --devices 25 --days 1 --period 60s", "one day of 10,000 devices that report every minute"),
        ("indicators run dump --registry dump/registry --by factory", "then compute from it"),
    ];

    public async Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var generator = Generator(parsed, context);
        using var line = new ProgressLine(context, parsed.GetValue<bool>(CommonOptions.Quiet));
        var relay = new ProgressRelay<GenerationProgress>(progress => line.Show(elapsed =>
            $"{progress.Rows:N0} of {progress.PlannedRows:N0} rows  {progress.Rows / Math.Max(elapsed.TotalSeconds, 0.001) / 1e6:0.0} M rows/s  {progress.Table}"));
        var summary = generator.Generate(relay, cancellationToken);
        line.Dispose();
        await context.Target(path: null).WriteAsync(stream => Write(stream, summary, context), cancellationToken);
        return ExitCode.Done;
    }

    private static void Write(Stream stream, GenerationSummary summary, CommandContext context)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        var table = new TextTable(
            new TextColumn("file"),
            new TextColumn("table"),
            new TextColumn("rows", IsRightAligned: true),
            new TextColumn("batches", IsRightAligned: true),
            new TextColumn("bytes", IsRightAligned: true),
            new TextColumn("replay of"));
        foreach (var file in summary.Files)
        {
            table.Add([file.Name, file.Table, $"{file.Rows}", $"{file.Batches}", $"{file.Bytes}", file.ReplayOf]);
        }

        table.Write(text, context.OutputWidth, context.UseColor);
        text.WriteLine();
        text.WriteLine($"{summary.Rows} rows, {ByteText.Of(summary.Bytes)}: {summary.Factories} factories, {summary.Lines} lines, {summary.Devices} devices; "
            + $"reference date {summary.ReferenceDate:yyyy-MM-dd}");
        text.WriteLine($"rows to quarantine: {(summary.Quarantined.Count == 0 ? "none" : string.Join(", ", summary.Quarantined.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key} {pair.Value}")))}");
        text.WriteLine($"exact answers: {summary.ExpectedPath}");
    }

    private ProvinceGenerator Generator(ParseResult parsed, CommandContext context)
    {
        var options = new GenerationOptions
        {
            OutputDirectory = context.Locate(parsed.GetValue(_out)!),
            Seed = ulong.TryParse(parsed.GetValue(_seed), NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
                ? seed
                : throw new UsageException($"--seed: '{parsed.GetValue(_seed)}' is no whole number from 0 to {ulong.MaxValue}"),
            Rows = Rows(parsed.GetValue(_rows)!),
            Layout = parsed.GetValue(_layout) == "telemetry" ? GenerationLayout.Telemetry : GenerationLayout.Tables,
            Order = parsed.GetValue(_order) == "shuffled" ? RowOrder.Shuffled : RowOrder.TimeMajor,
            Factories = Whole(parsed, _factories),
            Lines = Whole(parsed, _lines),
            Devices = Whole(parsed, _devices),
            Period = parsed.GetValue(_period) is { } period ? DurationText.Parse("--period", period) : null,
            Compress = !parsed.GetValue(_noCompress),
            Format = parsed.GetValue(_streams) ? IpcFormat.Stream : IpcFormat.File,
            Registry = !parsed.GetValue(_noRegistry),
            Faults = !parsed.GetValue(_noFaults),
            Periods = parsed.GetValue(_periods),
        };
        options = options with
        {
            Days = Whole(parsed, _days) ?? options.Days,
            HotDays = Whole(parsed, _hotDays) ?? options.HotDays,
            BatchRows = Whole(parsed, _batchRows) ?? options.BatchRows,
            Start = parsed.GetValue(_start) is { } start ? Date(start) : options.Start,
        };
        try
        {
            return new ProvinceGenerator(options);
        }
        catch (ArgumentException problem)
        {
            throw new UsageException($"generate: {string.Join(' ', problem.Message.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries))}", problem);
        }
    }

    private static DateOnly Date(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? date
        : throw new UsageException($"--start: '{text}' is no date; write 2023-01-01");

    private static int? Whole(ParseResult parsed, Option<string?> option)
    {
        var text = parsed.GetValue(option);
        return text is null ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
            : throw new UsageException($"{option.Name}: '{text}' is no whole number");
    }

    private static long Rows(string text)
    {
        var step = text.Length == 0 ? 0 : char.ToLowerInvariant(text[^1]) switch
        {
            'k' => 1_000L,
            'm' => 1_000_000,
            'g' => 1_000_000_000,
            _ => 1,
        };
        var digits = step > 1 ? text[..^1] : text;
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && rows <= 1_000_000_000_000 / Math.Max(step, 1)
            ? rows * step
            : throw new UsageException($"--rows: '{text}' is no number of rows; write 100000, 60M or 1G");
    }
}
