using System.Globalization;
using CsvHelper;
using IndicatorCore.Indicators;

namespace IndicatorCore.Adapters.Results;

/// <summary>
/// The rows as CSV (UTF-8, line feeds): groups as one column a key, evidence prefixed <c>evidence_</c>; lists joined by <c>;</c>,
/// counts by reason as <c>REASON=n</c>; null is an empty field.
/// </summary>
public sealed class CsvResultWriter : IResultWriter
{
    private static readonly string[] s_evidence =
    [
        "n_received", "n_dup", "n_conflict", "n_quarantined", "n_valid", "n_missing", "n_invalid", "n_unserved", "first_ts", "last_ts",
        "expected", "completeness",
    ];

    /// <inheritdoc/>
    public void Write(IndicatorReport report, Stream output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        var (keys, additions, hasRevision) = ResultColumns.Of(report.Rows);
        using var csv = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        Header(csv, keys, additions, hasRevision);
        foreach (var row in report.Rows)
        {
            Row(csv, row, keys, additions, report.TimeZone);
            if (hasRevision)
            {
                csv.WriteField(row.Revision?.ToString());
            }

            csv.EndRecord();
        }

        csv.Flush();
    }

    private static void Header(CsvWriter csv, IReadOnlyList<string> keys, IReadOnlyList<string> additions, bool hasRevision)
    {
        ReadOnlySpan<string> rest =
        [
            "window_start", "window_end", "value", "unit", "numerator", "denominator", "low", "high", "status", "reason", "flags",
        ];
        csv.WriteField("indicator");
        csv.WriteField("definition");
        foreach (var key in keys)
        {
            csv.WriteField(key);
        }

        foreach (var name in rest)
        {
            csv.WriteField(name);
        }

        foreach (var name in s_evidence)
        {
            csv.WriteField("evidence_" + name);
        }

        foreach (var name in additions)
        {
            csv.WriteField("evidence_" + name);
        }

        if (hasRevision)
        {
            csv.WriteField("revision");
        }

        csv.EndRecord();
    }

    private static void Row(CsvWriter csv, IndicatorRow row, IReadOnlyList<string> keys, IReadOnlyList<string> additions, TimeZoneInfo zone)
    {
        csv.WriteField(row.Indicator);
        csv.WriteField(row.Definition);
        foreach (var key in keys)
        {
            csv.WriteField(ResultColumns.GroupValue(row, key));
        }

        csv.WriteField(Instant(row.WindowStart, zone));
        csv.WriteField(Instant(row.WindowEnd, zone));
        csv.WriteField(Number(row.Value));
        csv.WriteField(row.Unit);
        csv.WriteField(row.Numerator?.ToString());
        csv.WriteField(row.Denominator?.ToString());
        csv.WriteField(Number(row.Low));
        csv.WriteField(Number(row.High));
        csv.WriteField(ResultNames.Of(row.Status));
        csv.WriteField(row.Reason is { } reason ? ResultNames.Of(reason) : null);
        csv.WriteField(string.Join(';', ResultNames.Of(row.Flags)));
        if (row.Evidence is not { } evidence)
        {
            for (var i = 0; i < s_evidence.Length + additions.Count; i++)
            {
                csv.WriteField(string.Empty);
            }

            return;
        }

        csv.WriteField(evidence.Received);
        csv.WriteField(evidence.Duplicates);
        csv.WriteField(evidence.Conflicts);
        csv.WriteField(string.Join(';', evidence.Quarantined.Select(static pair => $"{pair.Key}={pair.Value}")));
        csv.WriteField(evidence.Valid);
        csv.WriteField(evidence.Missing);
        csv.WriteField(evidence.Invalid);
        csv.WriteField(evidence.Unserved);
        csv.WriteField(Instant(evidence.FirstTimestamp, zone));
        csv.WriteField(Instant(evidence.LastTimestamp, zone));
        csv.WriteField(evidence.Expected?.ToString());
        csv.WriteField(Number(evidence.Completeness));
        foreach (var name in additions)
        {
            csv.WriteField(Addition(evidence, name, zone));
        }
    }

    private static string? Addition(Evidence evidence, string name, TimeZoneInfo zone)
    {
        foreach (var (key, value) in evidence.Additional)
        {
            if (key == name)
            {
                return value switch
                {
                    { Texts: { } texts } => string.Join(';', texts),
                    { Count: { } count } => count.ToString(),
                    { Number: { } number } => Number(number),
                    { Instant: { } instant } => Instant(instant, zone),
                    _ => value.Text,
                };
            }
        }

        return null;
    }

    private static string? Number(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : null;

    private static string? Instant(long? nanoseconds, TimeZoneInfo zone) =>
        nanoseconds is { } instant ? InstantText.Format(instant, zone) : null;
}
