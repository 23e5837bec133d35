using IndicatorCore.Adapters.Values;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Ipc;
using IndicatorCore.Sources;

namespace IndicatorCore.Cli.Exports;

/// <summary>Looks into an input: its metadata, the columns of time, and under <c>--full</c> every buffer of every column.</summary>
internal static class Inspector
{
    /// <summary>Inspects one input.</summary>
    /// <exception cref="IndicatorDataException">It cannot be read, or under <see cref="InspectionDepth.Full"/> some buffer is faulty.</exception>
    public static async Task<InputInspection> InspectAsync(
        string name, SourceProfile? source, InspectionDepth depth, CommandContext context, CancellationToken cancellationToken)
    {
        await using var input = await ExportInput.OpenAsync(name, context, cancellationToken);
        var schema = input.Schema;
        var settings = input.Settings(source);
        var fields = schema.Fields;
        var time = TimeColumn(input, settings);
        var statistics = new ColumnStatistics?[fields.Count];
        for (var i = 0; i < statistics.Length; i++)
        {
            var isRead = depth == InspectionDepth.Full || (depth == InspectionDepth.Times && (IsTime(fields[i]) || i == time));
            statistics[i] = isRead ? new ColumnStatistics(fields[i]) : null;
        }

        var problems = new List<string>();
        var compressions = new List<string>();
        var (batches, rows) = (0L, 0L);
        int[] read = [.. Enumerable.Range(0, fields.Count).Where(i => statistics[i] is not null)];
        if (input.File is { } file)
        {
            for (var i = 0; i < file.BatchCount; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var info = file.BatchInfo(i);
                batches++;
                rows += info.Rows;
                Note(compressions, info.Compression);
            }
        }

        if (depth != InspectionDepth.Metadata && (input.File is null || read.Length > 0))
        {
            await input.ReadAsync(
                Projection.Of(schema, read),
                first: 0,
                lease =>
                {
                    if (input.File is null)
                    {
                        batches++;
                        rows += lease.RowCount;
                        Note(compressions, Compression(lease.CodecId));
                    }

                    try
                    {
                        lease.Decode(cancellationToken);
                    }
                    catch (UnsupportedArrowException problem) when (depth != InspectionDepth.Full)
                    {
                        // what the metadata says is worth showing all the same
                        if (problems.Count == 0)
                        {
                            problems.Add($"{problem.Problem}. {problem.Advice}");
                        }

                        return true;
                    }

                    var batch = lease.View();
                    foreach (var ordinal in read)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        statistics[ordinal]!.Update(batch[ordinal]);
                    }

                    return true;
                },
                cancellationToken);
        }

        var found = new InputInspection
        {
            Name = name,
            Container = input.File is null ? "stream" : "file",
            Bytes = input.Bytes,
            Schema = schema,
            Batches = batches,
            Rows = rows,
            Compressions = compressions,
            TimeColumn = time < 0 ? null : fields[time].Name,
            First = time < 0 ? null : Instant(fields[time], statistics[time]?.Least, settings),
            Last = time < 0 ? null : Instant(fields[time], statistics[time]?.Greatest, settings),
            Problems = problems,
            StoredBytes = depth != InspectionDepth.Metadata && input.File is { } stored ? StoredBytes(stored, cancellationToken) : null,
            Statistics = statistics,
        };
        return Match(found, settings);
    }

    private static bool IsTime(Field field) => field.Dictionary is null && field.Type.Id is ArrowTypeId.Timestamp or ArrowTypeId.Date;

    /// <summary>The ordinal of the column that stamps the rows, or -1.</summary>
    private static int TimeColumn(ExportInput input, SourceSettings settings)
    {
        try
        {
            var table = TableMatch.Resolve(input.Schema, input.Name, settings);
            return TableMatch.Find(input.Schema, settings, table.TimeColumn, input.Name);
        }
        catch (SchemaMismatchException)
        {
            return -1;   // Match tells why
        }
    }

    /// <summary>A bound of the time column: as its type says, or by the epoch unit that the source declares.</summary>
    private static string? Instant(Field field, string? bound, SourceSettings settings)
    {
        if (bound is null || field.Type.Id != ArrowTypeId.Int || !long.TryParse(bound, out var value))
        {
            return bound;
        }

        var format = settings.Columns.Values.FirstOrDefault(mapping => mapping.From == field.Name)?.Format;
        TimeUnit? unit = format switch
        {
            "epoch_s" => TimeUnit.Second,
            "epoch_ms" => TimeUnit.Millisecond,
            "epoch_us" => TimeUnit.Microsecond,
            "epoch_ns" => TimeUnit.Nanosecond,
            _ => null,
        };
        return unit is { } known ? TimeText.Of(ArrowType.Timestamp(known, "UTC"), value) : bound;
    }

    private static string Compression(int codec) => new IpcBatchInfo(0, 0, 0, 0, codec < 0 ? null : codec).Compression;

    private static void Note(List<string> compressions, string compression)
    {
        if (!compressions.Contains(compression))
        {
            compressions.Add(compression);
        }
    }

    private static long[] StoredBytes(IpcFileReader file, CancellationToken cancellationToken)
    {
        var bytes = new long[file.Schema.Fields.Count];
        for (var column = 0; column < bytes.Length; column++)
        {
            var projection = Projection.Of(file.Schema, [column]);
            bytes[column] = file.NeededDictionaryRanges(projection).Sum(static range => range.Length);
            for (var batch = 0; batch < file.BatchCount; batch++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                bytes[column] += file.NeededRanges(batch, projection).Sum(static range => range.Length);
            }
        }

        return bytes;
    }

    private static InputInspection Match(InputInspection found, SourceSettings settings)
    {
        TableDefinition table;
        try
        {
            table = TableMatch.Resolve(found.Schema, found.Name, settings);
        }
        catch (SchemaMismatchException problem)
        {
            return found with { Problems = [$"{problem.Problem}. {problem.Advice}", .. found.Problems] };
        }

        bool Has(string column) => TableMatch.Has(found.Schema, settings, column, found.Name);
        var isWide = table.Name == TableCatalog.Telemetry;
        var columns = isWide
            ? TableCatalog.All.SelectMany(static fed => fed.Columns).Distinct()
            : table.Columns;
        var missing = TableMatch.MissingColumns(table, found.Schema, settings, found.Name);
        IEnumerable<TableDefinition> feeds = missing.Count > 0 ? []
            : isWide ? TableCatalog.All.Where(fed => fed.Name != table.Name && fed.Required.All(required => required == fed.TimeColumn || TableDefinition.Alternatives(required).Any(Has)))
            : [table];
        var problems = found.Problems.ToList();
        if (missing.Count > 0)
        {
            problems.AddRange(missing.Select(column =>
            {
                var problem = TableMatch.MissingColumn(table.Name, column, found.Schema, found.Name);
                return $"{problem.Problem}. {problem.Advice}";
            }));
        }
        else if (settings.TimeZone is null
            && TableMatch.Find(found.Schema, settings, table.TimeColumn, found.Name) is >= 0 and var time
            && InstantDecoder.IsNaive(found.Schema.Fields[time]))
        {
            problems.Add($"The timestamps of '{found.Schema.Fields[time].Name}' have no time zone; declare it in a source profile (--source): "
                + "{ \"zone\": \"Asia/Shanghai\" }.");
        }

        return found with
        {
            Table = table.Name,
            Feeds = [.. feeds.Select(static fed => fed.Name)],
            Has = [.. columns.Where(Has)],
            MissingRequired = missing,
            MissingOptional = [.. (isWide ? [] : table.Optional).Where(column => !Has(column))],
            Problems = problems,
        };
    }
}
