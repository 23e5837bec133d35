using System.Text;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Programmes;
using IndicatorCore.Programmes.Filling;
using IndicatorCore.Programmes.Writing;

namespace IndicatorCore.Cli.Forms;

/// <summary>Forms as text tables.</summary>
internal static class FormTable
{
    /// <summary>Writes the list of programmes.</summary>
    public static void WriteList(Stream output, CommandContext context)
    {
        using var text = Text(output);
        var table = new TextTable(new TextColumn("programme"), new TextColumn("title", CanWrap: true), new TextColumn("what", CanWrap: true));
        foreach (var programme in ProgrammeCatalog.All)
        {
            table.Add([programme.Id, programme.Title, programme.Summary]);
        }

        table.Write(text, context.OutputWidth, context.UseColor);
    }

    /// <summary>Writes a form with its findings.</summary>
    public static void Write(Stream output, FilledForm form, CommandContext? terminal)
    {
        using var text = Text(output);
        text.WriteLine(TextTable.Visible(form.Title));
        foreach (var copy in form.Copies)
        {
            if (copy.Subject != form.Title)
            {
                text.WriteLine($"\n{TextTable.Visible(copy.Subject)}");
            }

            foreach (var section in copy.Sections)
            {
                text.WriteLine($"\n{TextTable.Visible(section.Heading)}");
                if (section.Table is { } filled)
                {
                    Write(text, filled.Headings, filled.Rows.Select(static row => row.Select(static cell => cell.Text)), terminal);
                }
                else
                {
                    Write(
                        text, ["栏目", "内容", "佐证"],
                        section.Fields.Select(field => new[]
                        {
                            field.Group is null ? field.Heading : $"{field.Group} {field.Heading}", field.Cell.Text,
                            field.Cell.Trace is { } trace ? Evidence(form.Traces[trace - 1]) : string.Empty,
                        }),
                        terminal);
                }
            }
        }

        if (form.Findings.Count > 0)
        {
            text.WriteLine("\n填报检查");
            Write(text, FormTraceColumns.FindingHeadings, form.Findings.Select(FormTraceColumns.Cells), terminal);
        }
    }

    private static string Evidence(FigureTrace trace)
    {
        var window = trace.WindowStart is null ? string.Empty : $" {trace.WindowStart[..10]}..{trace.WindowEnd![..10]}";
        return $"{trace.Definition} {trace.Status}{window}{(trace.Records is > 0 ? $" n={trace.Records}" : string.Empty)}";
    }

    private static void Write(TextWriter text, IReadOnlyList<string> headings, IEnumerable<IEnumerable<string>> rows, CommandContext? terminal)
    {
        var table = new TextTable([.. headings.Select(static heading => new TextColumn(heading, CanWrap: true))]);
        foreach (var row in rows)
        {
            table.Add([.. row.Select(static cell => cell.ReplaceLineEndings(" "))]);
        }

        table.Write(text, terminal?.OutputWidth, terminal?.UseColor ?? false);
    }

    private static StreamWriter Text(Stream output) => new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
}
