using System.Globalization;
using DocumentFormat.OpenXml;
using IndicatorCore.Indicators;
using IndicatorCore.Office.Workbooks;

namespace IndicatorCore.Office.Results;

/// <summary>Result rows as .xlsx with the columns of CSV (interface 4), row by row: memory does not grow with them. The manifest is the second sheet.</summary>
public sealed class ResultWorkbook
{
    /// <summary>The most rows of a sheet, its headings included.</summary>
    internal const int MostRows = 1_048_576;

    private static readonly string[] s_rest =
        ["window_start", "window_end", "value", "unit", "numerator", "denominator", "low", "high", "status", "reason", "flags"];

    private static readonly string[] s_evidence =
        ["n_received", "n_dup", "n_conflict", "n_quarantined", "n_valid", "n_missing", "n_invalid", "n_unserved", "first_ts", "last_ts", "expected", "completeness"];

    /// <summary>Writes the report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="output">Takes the bytes, and stays open; it need not be seekable.</param>
    public void Write(IndicatorReport report, Stream output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        var (keys, additions) = Columns(report.Rows);
        string[] headings =
        [
            "indicator", "definition", .. keys, .. s_rest, .. s_evidence.Select(static name => $"evidence_{name}"), .. additions.Select(static name => $"evidence_{name}"),
            "revision",
        ];
        using var workbook = new WorkbookWriter(output);
        var row = 0;
        for (var part = 1; part == 1 || row < report.Rows.Count; part++)
        {
            workbook.Sheet(workbook.Reserve(part == 1 ? "results" : $"results {part}"), writer =>
            {
                var sheet = new SheetWriter(writer, [.. headings.Select(static heading => Math.Max(12.0, heading.Length + 5))], frozenRows: 1);
                sheet.Write([.. headings.Select(static heading => new SheetCell(heading, CellStyle.Heading))]);
                for (; row < report.Rows.Count && sheet.Row <= MostRows; row++)
                {
                    sheet.Write(Cells(report.Rows[row], keys, additions, report.TimeZone), height: 18);
                }

                sheet.Table(headingRow: 1, headings);
                return sheet.End();
            });
        }

        workbook.Sheet(workbook.Reserve("manifest"), writer => Manifest(writer, report.Manifest));
    }

    private static IReadOnlyList<SheetTable> Manifest(OpenXmlWriter writer, ReportManifest manifest)
    {
        var sheet = new SheetWriter(writer, [28, 100], frozenRows: 1);
        sheet.Write([new("name", CellStyle.Heading), new("text", CellStyle.Heading)]);
        Add("engine_version", manifest.EngineVersion);
        Add("profile", manifest.Profile);
        Add("definitions", string.Join(';', manifest.Definitions));
        Add("row_digest", manifest.RowDigest);
        Add("disclosure", manifest.Disclosure);
        foreach (var (name, text) in manifest.Options)
        {
            Add($"option {name}", text);
        }

        foreach (var input in manifest.Inputs)
        {
            Add($"input {input.Name}", $"{input.Tables}; {input.Rows} rows; {input.Bytes} bytes; {input.Fingerprint}{(input.ReplayOf is null ? string.Empty : $"; replay of {input.ReplayOf}")}");
        }

        sheet.Table(headingRow: 1, ["name", "text"]);
        return sheet.End();

        void Add(string name, string text) => sheet.Write([new(name), new(text)]);
    }

    private static (IReadOnlyList<string> Keys, IReadOnlyList<string> Additions) Columns(IReadOnlyList<IndicatorRow> rows)
    {
        var keys = new List<string>();
        var additions = new List<string>();
        foreach (var row in rows)
        {
            foreach (var (key, _) in row.Group)
            {
                if (!keys.Contains(key))
                {
                    keys.Add(key);
                }
            }

            foreach (var (name, _) in row.Evidence?.Additional ?? [])
            {
                if (!additions.Contains(name))
                {
                    additions.Add(name);
                }
            }
        }

        return (keys, additions);
    }

    private static SheetCell[] Cells(IndicatorRow row, IReadOnlyList<string> keys, IReadOnlyList<string> additions, TimeZoneInfo zone)
    {
        var evidence = row.Evidence;
        return
        [
            new(row.Indicator), new(row.Definition),
            .. keys.Select(key => new SheetCell(row.Group.FirstOrDefault(pair => pair.Key == key).Value ?? string.Empty)),
            Instant(row.WindowStart, zone), Instant(row.WindowEnd, zone), Number(row.Value), new(row.Unit), new(row.Numerator?.ToString() ?? string.Empty),
            new(row.Denominator?.ToString() ?? string.Empty), Number(row.Low), Number(row.High), new(ResultNames.Of(row.Status)),
            new(row.Reason is { } reason ? ResultNames.Of(reason) : string.Empty), new(string.Join(';', ResultNames.Of(row.Flags))),
            Count(evidence?.Received), Count(evidence?.Duplicates), Count(evidence?.Conflicts),
            new(evidence is null ? string.Empty : string.Join(';', evidence.Quarantined.Select(static pair => $"{pair.Key}={pair.Value}"))),
            Count(evidence?.Valid), Count(evidence?.Missing), Count(evidence?.Invalid), Count(evidence?.Unserved),
            Instant(evidence?.FirstTimestamp, zone), Instant(evidence?.LastTimestamp, zone), new(evidence?.Expected?.ToString() ?? string.Empty),
            Number(evidence?.Completeness),
            .. additions.Select(name => Addition(evidence, name, zone)),
            Count(row.Revision),
        ];
    }

    private static SheetCell Addition(Evidence? evidence, string name, TimeZoneInfo zone)
    {
        foreach (var (key, value) in evidence?.Additional ?? [])
        {
            if (key == name)
            {
                return value switch
                {
                    { Texts: { } texts } => new(string.Join(';', texts)),
                    { Count: { } count } => Count(count),
                    { Number: { } number } => Number(number),
                    { Instant: { } instant } => Instant(instant, zone),
                    _ => new(value.Text ?? string.Empty),
                };
            }
        }

        return new(string.Empty);
    }

    private static SheetCell Number(double? value) => new(value?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty, CellStyle.Number, value);

    private static SheetCell Count(long? value) => new(value?.ToString() ?? string.Empty, CellStyle.Count, value);

    private static SheetCell Instant(long? instant, TimeZoneInfo zone) => new(instant is { } known ? InstantText.Format(known, zone) : string.Empty);
}
