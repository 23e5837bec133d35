using System.Text;
using IndicatorCore.Programmes.Filling;

namespace IndicatorCore.Programmes.Writing;

/// <summary>A filled form as Markdown, with its evidence and findings below.</summary>
public sealed class FormMarkdown : IFormWriter
{
    /// <inheritdoc/>
    public void Write(FilledForm form, Stream output)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(output);
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine($"# {Literal(form.Title)}");
        foreach (var copy in form.Copies)
        {
            text.WriteLine($"\n## {Literal(copy.Subject)}");
            foreach (var section in copy.Sections)
            {
                text.WriteLine($"\n### {Literal(section.Heading)}\n");
                if (section.Table is { } table)
                {
                    Table(text, table.Headings, table.Rows.Select(static row => row.Select(Cell)));
                }
                else
                {
                    Table(text, ["栏目", "内容"], section.Fields.Select(static field =>
                        new[] { Literal(field.Group is null ? field.Heading : $"{field.Group} {field.Heading}"), Cell(field.Cell) }));
                }

                if (section.Note is { } note)
                {
                    text.WriteLine($"\n{Literal(note)}");
                }
            }
        }

        if (form.Traces.Count > 0)
        {
            text.WriteLine("\n## 佐证\n");
            Table(text, FormTraceColumns.Headings, form.Traces.Select(static trace => FormTraceColumns.Cells(trace).Select(Literal)));
        }

        if (form.Findings.Count > 0)
        {
            text.WriteLine("\n## 填报检查\n");
            Table(text, FormTraceColumns.FindingHeadings, form.Findings.Select(static finding => FormTraceColumns.Cells(finding).Select(Literal)));
        }
    }

    private static string Cell(FilledCell cell) => Literal(cell.Text) + (cell.Trace is { } trace ? $" [{trace}]" : string.Empty);

    private static void Table(TextWriter text, IReadOnlyList<string> headings, IEnumerable<IEnumerable<string>> rows)
    {
        text.WriteLine($"| {string.Join(" | ", headings.Select(Literal))} |");
        text.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", headings.Count))}");
        foreach (var row in rows)
        {
            text.WriteLine($"| {string.Join(" | ", row)} |");
        }
    }

    private static string Literal(string value)
    {
        var text = new StringBuilder();
        foreach (var letter in value)
        {
            switch (letter)
            {
                case '\r':
                    break;
                case '\n':
                    text.Append("<br>");
                    break;
                case '<':
                    text.Append("&lt;");
                    break;
                case '&':
                    text.Append("&amp;");
                    break;
                case '|' or '\\' or '*' or '_' or '`' or '[' or ']' or '#':
                    text.Append('\\').Append(letter);
                    break;
                default:
                    text.Append(letter);
                    break;
            }
        }

        return text.ToString();
    }
}
