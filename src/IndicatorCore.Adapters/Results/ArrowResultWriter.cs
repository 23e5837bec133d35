using System.Globalization;
using IndicatorCore.Columns;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;

namespace IndicatorCore.Adapters.Results;

/// <summary>
/// The rows as an Arrow file with the columns of CSV: words as dictionaries of UTF-8, value and bounds as float64, exact numbers (numerator, denominator,
/// expected) as UTF-8, counts as int64, instants as timestamps of the reporting zone; lists and counts by reason as CSV joins them. Nothing is compressed.
/// </summary>
/// <remarks>The schema's metadata name the digest of the rows (<c>row_digest</c>). The bytes depend on the rows alone.</remarks>
public sealed class ArrowResultWriter : IResultWriter
{
    private const int RowsPerBatch = 65_536;
    private const string Prefix = "evidence_";

    /// <inheritdoc/>
    public void Write(IndicatorReport report, Stream output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        var columns = Columns(report.Rows);
        var schema = new Schema
        {
            Fields = [.. columns.Select((column, ordinal) => column.FieldOf(ordinal, report.TimeZone))],
            Metadata = [new("indicatorcore.results", "1"), new("row_digest", report.Manifest.RowDigest)],
        };
        using var writer = new IpcWriter(output, schema, new IpcWriterOptions { Compress = false }, leaveOpen: true);
        var batch = new BatchBuilder(schema);
        Declare(report.Rows, columns, batch);
        foreach (var row in report.Rows)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                columns[i].Append(batch[i], row);
            }

            if (batch.RowCount == RowsPerBatch)
            {
                writer.Write(batch);
                batch.Clear();
            }
        }

        if (batch.RowCount > 0 || report.Rows.Count == 0)
        {
            writer.Write(batch);
        }

        writer.Complete();
    }

    // at the front: some readers take no deltas of dictionaries
    private static void Declare(IReadOnlyList<IndicatorRow> rows, IReadOnlyList<ArrowResultColumn> columns, BatchBuilder batch)
    {
        var words = columns.Select(static column => column.Word is null ? null : new HashSet<string>()).ToList();
        var ordered = columns.Select(static _ => new List<string>()).ToList();
        foreach (var row in rows)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                if (words[i] is { } known && columns[i].Word!(row) is { } word && known.Add(word))
                {
                    ordered[i].Add(word);
                }
            }
        }

        for (var i = 0; i < columns.Count; i++)
        {
            if (words[i] is not null)
            {
                batch[i].Declare(ordered[i]);
            }
        }
    }

    private static List<ArrowResultColumn> Columns(IReadOnlyList<IndicatorRow> rows)
    {
        var (keys, additions, hasRevision) = ResultColumns.Of(rows);
        List<ArrowResultColumn> columns =
        [
            ArrowResultColumn.Words("indicator", static row => row.Indicator),
            ArrowResultColumn.Words("definition", static row => row.Definition),
            .. keys.Select(static key => ArrowResultColumn.Words(key, row => ResultColumns.GroupValue(row, key))),
            ArrowResultColumn.Instants("window_start", static row => row.WindowStart),
            ArrowResultColumn.Instants("window_end", static row => row.WindowEnd),
            ArrowResultColumn.Numbers("value", static row => row.Value),
            ArrowResultColumn.Words("unit", static row => row.Unit),
            ArrowResultColumn.Texts("numerator", static row => row.Numerator?.ToString()),
            ArrowResultColumn.Texts("denominator", static row => row.Denominator?.ToString()),
            ArrowResultColumn.Numbers("low", static row => row.Low),
            ArrowResultColumn.Numbers("high", static row => row.High),
            ArrowResultColumn.Words("status", static row => ResultNames.Of(row.Status)),
            ArrowResultColumn.Words("reason", static row => row.Reason is { } reason ? ResultNames.Of(reason) : null),
            ArrowResultColumn.Words("flags", static row => string.Join(';', ResultNames.Of(row.Flags))),
            ArrowResultColumn.Counts(Prefix + "n_received", static row => row.Evidence?.Received),
            ArrowResultColumn.Counts(Prefix + "n_dup", static row => row.Evidence?.Duplicates),
            ArrowResultColumn.Counts(Prefix + "n_conflict", static row => row.Evidence?.Conflicts),
            ArrowResultColumn.Words(
                Prefix + "n_quarantined",
                static row => row.Evidence is { } evidence ? string.Join(';', evidence.Quarantined.Select(static pair => $"{pair.Key}={pair.Value}")) : null),
            ArrowResultColumn.Counts(Prefix + "n_valid", static row => row.Evidence?.Valid),
            ArrowResultColumn.Counts(Prefix + "n_missing", static row => row.Evidence?.Missing),
            ArrowResultColumn.Counts(Prefix + "n_invalid", static row => row.Evidence?.Invalid),
            ArrowResultColumn.Counts(Prefix + "n_unserved", static row => row.Evidence?.Unserved),
            ArrowResultColumn.Instants(Prefix + "first_ts", static row => row.Evidence?.FirstTimestamp),
            ArrowResultColumn.Instants(Prefix + "last_ts", static row => row.Evidence?.LastTimestamp),
            ArrowResultColumn.Texts(Prefix + "expected", static row => row.Evidence?.Expected?.ToString()),
            ArrowResultColumn.Numbers(Prefix + "completeness", static row => row.Evidence?.Completeness),
            .. additions.Select(name => Addition(name, rows)),
        ];
        if (hasRevision)
        {
            columns.Add(ArrowResultColumn.Counts("revision", static row => row.Revision));
        }

        return columns;
    }

    // of the type that all rows have; where they differ, the text of each
    private static ArrowResultColumn Addition(string name, IReadOnlyList<IndicatorRow> rows)
    {
        // an empty value is null of any type
        var values = rows.Select(row => ValueOf(row, name)).OfType<EvidenceValue>().Where(static value => value != default).ToList();
        return values switch
        {
            [] => ArrowResultColumn.Words(Prefix + name, static _ => null),
            _ when values.TrueForAll(static value => value.Count is not null) => ArrowResultColumn.Counts(Prefix + name, row => ValueOf(row, name)?.Count),
            _ when values.TrueForAll(static value => value.Number is not null) => ArrowResultColumn.Numbers(Prefix + name, row => ValueOf(row, name)?.Number),
            _ when values.TrueForAll(static value => value.Instant is not null) => ArrowResultColumn.Instants(Prefix + name, row => ValueOf(row, name)?.Instant),
            _ => ArrowResultColumn.Words(Prefix + name, row => ValueOf(row, name) switch
            {
                null => null,
                { Texts: { } texts } => string.Join(';', texts),
                { Count: { } count } => count.ToString(),
                { Number: { } number } => number.ToString("R", CultureInfo.InvariantCulture),
                { Instant: { } instant } => instant.ToString(),
                { } value => value.Text,
            }),
        };
    }

    private static EvidenceValue? ValueOf(IndicatorRow row, string name)
    {
        foreach (var (key, value) in row.Evidence?.Additional ?? [])
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }
}
