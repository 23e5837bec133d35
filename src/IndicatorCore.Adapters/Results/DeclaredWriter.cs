using System.Text;
using CsvHelper;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Declared;

namespace IndicatorCore.Adapters.Results;

/// <summary>Writes declared figures beside measured ones in any of the formats. Keys and columns have the same names in all of them.</summary>
public sealed class DeclaredWriter
{
    private static readonly string[] s_names =
    [
        "factory", "declared_indicator", "indicator", "definition", "window_start", "window_end", "declared", "relation", "declared_value", "declared_upper",
        "measured", "unit", "low", "high", "difference", "difference_unit", "verdict", "verdict_reason", "status", "reason", "flags", "n", "row_digest",
    ];

    private readonly DeclaredFormat _format;
    private readonly int? _width;
    private readonly bool _useColor;

    /// <summary>Makes a writer.</summary>
    /// <param name="format">The format.</param>
    /// <param name="width">The cells of a terminal's line, or null when there is no limit.</param>
    /// <param name="useColor">Whether verdicts are coloured, in tables.</param>
    public DeclaredWriter(DeclaredFormat format, int? width = null, bool useColor = false) => (_format, _width, _useColor) = (format, width, useColor);

    /// <summary>Writes the figures; the stream stays open.</summary>
    /// <param name="report">The figures.</param>
    /// <param name="output">Takes the bytes.</param>
    public void Write(DeclaredReport report, Stream output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        switch (_format)
        {
            case DeclaredFormat.Json or DeclaredFormat.Ndjson:
                WriteJson(report, output);
                break;
            case DeclaredFormat.Csv:
                WriteCsv(report, output);
                break;
            default:
                WriteText(report, output);
                break;
        }
    }

    private void WriteJson(DeclaredReport report, Stream output)
    {
        var buffer = new StreamBuffer(output);
        var json = new JsonOutput(buffer);
        var digest = report.Measured.Manifest.RowDigest;
        if (_format == DeclaredFormat.Json)
        {
            json.StartObject();
            json.Name("manifest");
            ManifestJson.Write(json, report.Measured.Manifest, report.Measured.TimeZone);
            json.StartLine();
            json.Name("results");
            json.StartArray();
        }

        foreach (var figure in report.Figures)
        {
            if (_format == DeclaredFormat.Json)
            {
                json.StartLine();
                Figure(json, figure, report.Measured.TimeZone, digest);
                continue;
            }

            json.StartDocument();
            Figure(json, figure, report.Measured.TimeZone, digest);
            json.LineFeed();
        }

        if (_format == DeclaredFormat.Json)
        {
            json.EndArray();
            json.EndObject();
            json.LineFeed();
        }

        buffer.Flush();
    }

    private static void Figure(JsonOutput json, DeclaredFigure figure, TimeZoneInfo zone, string digest)
    {
        var measured = figure.Measured;
        json.StartObject();
        Text("factory", figure.Record.Factory);
        Text("declared_indicator", figure.Record.Indicator);
        Text("indicator", figure.Indicator);
        Text("definition", measured?.Definition);
        json.Name("window_start");
        json.Instant(measured?.WindowStart, zone);
        json.Name("window_end");
        json.Instant(measured?.WindowEnd, zone);
        Text("declared", figure.Record.Text);
        Text("relation", RelationOf(figure));
        Number("declared_value", figure.Value);
        Number("declared_upper", figure.Upper);
        json.Name("measured");
        json.Value(measured?.Value);
        Text("unit", measured?.Unit);
        json.Name("low");
        json.Value(measured?.Low);
        json.Name("high");
        json.Value(measured?.High);
        json.Name("difference");
        json.Value(figure.Difference);
        Text("difference_unit", figure.Difference is null ? null : figure.DifferenceUnit);
        Text("verdict", VerdictNames.Of(figure.Verdict));
        Text("verdict_reason", VerdictNames.Reason(figure));
        Text("status", measured is null ? null : ResultNames.Of(measured.Status));
        Text("reason", measured?.Reason is { } reason ? ResultNames.Of(reason) : null);
        json.Name("flags");
        json.StartArray();
        foreach (var flag in measured is null ? [] : ResultNames.Of(measured.Flags))
        {
            json.Value(flag);
        }

        json.EndArray();
        json.Name("n");
        if (measured?.Evidence is { } evidence)
        {
            json.Value(evidence.Valid);
        }
        else
        {
            json.Null();
        }

        Text("row_digest", digest);
        json.EndObject();

        void Text(string name, string? value)
        {
            json.Name(name);
            json.Value(value);
        }

        void Number(string name, DeclaredNumber? value)
        {
            json.Name(name);
            if (value is { } known)
            {
                json.RawNumber(Digits(known));
            }
            else
            {
                json.Null();
            }
        }
    }

    private static void WriteCsv(DeclaredReport report, Stream output)
    {
        using var csv = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        foreach (var name in s_names)
        {
            csv.WriteField(name);
        }

        csv.EndRecord();
        var digest = report.Measured.Manifest.RowDigest;
        foreach (var figure in report.Figures)
        {
            foreach (var cell in Cells(figure, report.Measured.TimeZone, digest))
            {
                csv.WriteField(cell);
            }

            csv.EndRecord();
        }

        csv.Flush();
    }

    private static string?[] Cells(DeclaredFigure figure, TimeZoneInfo zone, string digest)
    {
        var measured = figure.Measured;
        return
        [
            figure.Record.Factory,
            figure.Record.Indicator,
            figure.Indicator,
            measured?.Definition,
            Instant(measured?.WindowStart),
            Instant(measured?.WindowEnd),
            figure.Record.Text,
            RelationOf(figure),
            figure.Value is { } value ? Digits(value) : null,
            figure.Upper is { } upper ? Digits(upper) : null,
            measured?.Value?.ToString("R"),
            measured?.Unit,
            measured?.Low?.ToString("R"),
            measured?.High?.ToString("R"),
            figure.Difference?.ToString("R"),
            figure.Difference is null ? null : figure.DifferenceUnit,
            VerdictNames.Of(figure.Verdict),
            VerdictNames.Reason(figure),
            measured is null ? null : ResultNames.Of(measured.Status),
            measured?.Reason is { } reason ? ResultNames.Of(reason) : null,
            measured is null ? null : string.Join(';', ResultNames.Of(measured.Flags)),
            measured?.Evidence?.Valid.ToString(),
            digest,
        ];

        string? Instant(long? nanoseconds) => nanoseconds is { } known ? InstantText.Format(known, zone) : null;
    }

    // for people: what a reader compares, in the unit that forms have
    private void WriteText(DeclaredReport report, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 64 * 1024, leaveOpen: true);
        TextColumn[] columns =
        [
            new("factory"), new("declared for", CanWrap: true), new("definition"), new("window"), new("declared", IsRightAligned: true), new("measured", IsRightAligned: true),
            new("low", IsRightAligned: true), new("high", IsRightAligned: true), new("difference", IsRightAligned: true), new("verdict"), new("status", CanWrap: true),
        ];
        var rows = report.Figures.Select(figure => Shown(figure, report.Measured.TimeZone)).ToList();
        if (_format == DeclaredFormat.Markdown)
        {
            MarkdownTable.Write(text, columns, rows);
        }
        else
        {
            var table = new TextTable(columns);
            for (var i = 0; i < rows.Count; i++)
            {
                table.Add(rows[i], report.Figures[i].Verdict switch { DeclaredVerdict.Overstated => "31", DeclaredVerdict.Consistent => "32", _ => null });
            }

            table.Write(text, _width, _useColor);
        }

        text.Write('\n');
        foreach (var line in Legend(report))
        {
            text.Write(_format == DeclaredFormat.Markdown ? MarkdownTable.Literal(line) + "  " : line);
            text.Write('\n');
        }

        text.Flush();
    }

    private static IEnumerable<string> Legend(DeclaredReport report)
    {
        var counts = Enum.GetValues<DeclaredVerdict>().Select(verdict => (Verdict: verdict, Count: report.Figures.Count(figure => figure.Verdict == verdict)));
        yield return $"{report.Figures.Count} declared figures: "
            + string.Join(", ", counts.Where(static count => count.Count > 0).Select(static count => $"{count.Count} {VerdictNames.Of(count.Verdict)}"))
            + $"; profile {report.Measured.Manifest.Profile}";
        yield return "difference: declared less measured, pp = percentage points; OVERSTATED = declared better than measured";
        yield return $"measured rows: SHA-256 {report.Measured.Manifest.RowDigest}";
    }

    private static string?[] Shown(DeclaredFigure figure, TimeZoneInfo zone)
    {
        var measured = figure.Measured;
        var unit = measured?.Unit ?? string.Empty;
        var difference = figure.Difference is not { } number ? null
            : figure.DifferenceUnit == "pp" ? $"{ResultPresentation.Percent(number / 100)[..^2]} pp"
            : ResultPresentation.Value(number, figure.DifferenceUnit);
        return
        [
            figure.Record.Factory,
            figure.Record.Indicator,
            measured?.Definition ?? figure.Indicator,
            measured is null ? null : ResultPresentation.Span(measured.WindowStart, measured.WindowEnd, zone),
            figure.Record.Text,
            ResultPresentation.Value(measured?.Value, unit),
            ResultPresentation.Value(measured?.Low, unit),
            ResultPresentation.Value(measured?.High, unit),
            difference is null || difference.StartsWith('-') || difference.StartsWith("0.0 ", StringComparison.Ordinal) || figure.Difference == 0 ? difference : "+" + difference,
            VerdictNames.Of(figure.Verdict),
            VerdictNames.Reason(figure) is { } obstacle
                ? measured?.Reason is { } reason ? $"{ResultNames.Of(measured.Status)} {ResultNames.Of(reason)}" : obstacle
                : ResultNames.Of(measured!.Status),
        ];
    }

    private static string? RelationOf(DeclaredFigure figure) => figure.Declared.IsParsed ? VerdictNames.Of(figure.Relation) : null;

    // digits where they end, else those of the nearest double: 1/3 is no number of JSON
    private static string Digits(DeclaredNumber number) =>
        number.ToString() is var text && text.Contains('/', StringComparison.Ordinal) ? number.ToDouble().ToString("R") : text;
}
