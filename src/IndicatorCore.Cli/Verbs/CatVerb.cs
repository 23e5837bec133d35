using System.CommandLine;
using IndicatorCore.Cli.Exports;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;

namespace IndicatorCore.Cli.Verbs;

/// <summary><c>cat EXPORT...</c>: rows as text.</summary>
internal sealed class CatVerb : IVerb
{
    private readonly Argument<string[]> _exports = CommonOptions.Exports();

    private readonly Option<string[]> _columns = new("--columns")
    {
        Description = "Columns to show, in this order (default all)",
        HelpName = "NAME[,NAME...]",
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<long?> _limit = new("--limit", "-n") { Description = "Rows to show at most (default all)", HelpName = "N" };
    private readonly Option<long> _offset = new("--offset") { Description = "Rows to pass over first", HelpName = "N" };
    private readonly Option<string> _format = CommonOptions.Format("table", "ndjson", "csv");
    private readonly Option<string?> _out = CommonOptions.Out();

    public CatVerb()
    {
        Command = new Command("cat", "Shows rows of exports, whatever their types: nested values as JSON, instants as RFC 3339, binary as hexadecimal")
        {
            _exports, _columns, _limit, _offset, _format, _out,
        };
        foreach (Option option in new Option[] { _limit, _offset })
        {
            option.Validators.Add(static result =>
            {
                if (result.Tokens.Count == 1 && (!long.TryParse(result.Tokens[0].Value, out var rows) || rows < 0))
                {
                    result.AddError($"{result.Option.Name}: '{result.Tokens[0].Value}' is no number of rows; give 0 or more");
                }
            });
        }
    }

    public Command Command { get; }

    public IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("indicators cat radio.arrow --limit 10", "the first rows as a table"),
        ("indicators cat exports/ --columns event_ts,device --format csv --out rows.csv", "two columns of every file as CSV"),
        ("cat probes.arrows | indicators cat - --format ndjson --offset 1000 --limit 1", "one row of a stream as JSON"),
    ];

    public async Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var inputs = ExportInput.Expand(parsed.GetValue(_exports)!, context);
        string[] names = [.. parsed.GetValue(_columns)!.SelectMany(static list =>
            list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        var target = context.Target(parsed.GetValue(_out));
        target.Check();
        await target.WriteAsync(
            async stream =>
            {
                using ICellWriter writer = parsed.GetValue(_format) switch
                {
                    "ndjson" => new NdjsonCells(stream),
                    "csv" => new CsvCells(stream),
                    _ => new TableCells(stream, target.IsStandard ? context.OutputWidth : null, target.IsStandard && context.UseColor),
                };
                var window = new RowWindow(parsed.GetValue(_offset), parsed.GetValue(_limit) ?? long.MaxValue);
                foreach (var input in inputs)
                {
                    if (window.Left > 0)
                    {
                        await CopyAsync(input, names, window, writer, context, cancellationToken);
                    }
                }
            },
            cancellationToken);
        return ExitCode.Done;
    }

    private static async Task CopyAsync(
        string name, string[] names, RowWindow window, ICellWriter writer, CommandContext context, CancellationToken cancellationToken)
    {
        await using var input = await ExportInput.OpenAsync(name, context, cancellationToken);
        var schema = input.Schema;
        int[] ordinals = names.Length == 0
            ? [.. Enumerable.Range(0, schema.Fields.Count)]
            : [.. names.Select(column => Find(schema, column, name))];
        writer.Start([.. ordinals.Select(ordinal => schema.Fields[ordinal])], name);
        var first = 0;
        while (input.File is { } file && first < file.BatchCount && window.TrySkip(file.BatchInfo(first).Rows))
        {
            first++;   // passed over without being read
        }

        await input.ReadAsync(
            Projection.Of(schema, ordinals),
            first,
            lease =>
            {
                if (window.TrySkip(lease.RowCount))
                {
                    return true;
                }

                var batch = lease.View();
                var (start, count) = window.Take(batch.Length);
                for (var row = start; row < start + count; row++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    writer.Row(batch, ordinals, row);
                }

                return window.Left > 0;
            },
            cancellationToken);
    }

    private static int Find(Schema schema, string column, string input)
    {
        for (var i = 0; i < schema.Fields.Count; i++)
        {
            if (schema.Fields[i].Name == column)
            {
                return i;
            }
        }

        throw new SchemaMismatchException(
            $"There is no column '{column}'",
            new DataLocation(input, Column: column),
            NearestName.Advice(column, [.. schema.Fields.Select(static field => field.Name)]));
    }
}
