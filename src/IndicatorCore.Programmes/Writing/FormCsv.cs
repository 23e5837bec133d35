using System.Globalization;
using System.Text;
using IndicatorCore.Programmes.Filling;

namespace IndicatorCore.Programmes.Writing;

/// <summary>
/// A filled form as CSV (UTF-8 with a byte order mark, CRLF): a single table as it is; else each section with its copy and heading in the
/// first columns. Figures of fields carry status, definition, window, bounds, n and digest behind them (programme-forms 2.4).
/// </summary>
public sealed class FormCsv : IFormWriter
{
    private static readonly string[] s_fields =
        ["范围", "部分", "栏目", "内容", "status", "definition_id", "window_start", "window_end", "interval_low", "interval_high", "n", "evidence_hash"];

    /// <inheritdoc/>
    public void Write(FilledForm form, Stream output)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(output);
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        if (form.Copies is [{ Sections: [{ Table: { } only }] }])
        {
            Table(text, only, prefix: []);
            return;
        }

        Line(text, s_fields);
        foreach (var copy in form.Copies)
        {
            foreach (var section in copy.Sections.Where(static section => section.Table is null))
            {
                foreach (var field in section.Fields)
                {
                    var heading = field.Group is null ? field.Heading : $"{field.Group}-{field.Heading}";
                    Line(text, [copy.Subject, section.Heading, heading, field.Cell.Text, .. Evidence(form, field.Cell)]);
                }
            }
        }

        foreach (var copy in form.Copies)
        {
            foreach (var section in copy.Sections)
            {
                if (section.Table is { } table)
                {
                    text.WriteLine();
                    Table(text, table, [copy.Subject, section.Heading]);
                }
            }
        }
    }

    private static void Table(TextWriter text, FilledTable table, string[] prefix)
    {
        Line(text, [.. prefix.Length == 0 ? Array.Empty<string>() : ["范围", "部分"], .. table.Headings]);
        foreach (var row in table.Rows)
        {
            Line(text, [.. prefix, .. row.Select(static cell => cell.Text)]);
        }
    }

    private static string[] Evidence(FilledForm form, FilledCell cell)
    {
        if (cell.Trace is not { } number)
        {
            return [string.Empty, string.Empty, string.Empty, string.Empty, string.Empty, string.Empty, string.Empty, string.Empty];
        }

        var trace = form.Traces[number - 1];
        return
        [
            trace.Status, trace.Definition, trace.WindowStart ?? string.Empty, trace.WindowEnd ?? string.Empty, trace.Low?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty,
            trace.High?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty, trace.Records?.ToString() ?? string.Empty, trace.RowDigest,
        ];
    }

    private static void Line(TextWriter text, IReadOnlyList<string> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0)
            {
                text.Write(',');
            }

            var cell = cells[i];
            text.Write(cell.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell);
        }

        text.WriteLine();
    }
}
