using DocumentFormat.OpenXml;
using IndicatorCore.Office.Packaging;
using IndicatorCore.Office.Workbooks;
using IndicatorCore.Programmes;
using IndicatorCore.Programmes.Filling;
using IndicatorCore.Programmes.Writing;

namespace IndicatorCore.Office.Forms;

/// <summary>
/// A filled form as .xlsx: a sheet a copy, the evidence of every figure one click behind it on the sheet 佐证, findings on 填报检查. Headings stay
/// in sight, tables are tables, pages are landscape and as wide as the paper. Equal forms give equal bytes.
/// </summary>
public sealed class FormWorkbook : IFormWriter
{
    private const string Evidence = "佐证";
    private const string Checks = "填报检查";
    private const int WideColumns = 6;
    private const double Widest = 60;
    private const double WidestOfMany = 18;   // else a page as wide as the table would be too small to read
    private const int ManyColumns = 14;
    private const double Narrowest = 10;
    private static readonly double[] s_fieldWidths = [22, 38, 70, 14];

    /// <inheritdoc/>
    public void Write(FilledForm form, Stream output)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(output);
        using var workbook = new WorkbookWriter(output);

        // reserved first: links name the sheet
        var evidence = workbook.Reserve(Evidence);
        var checks = workbook.Reserve(Checks);
        foreach (var copy in form.Copies.SelectMany(copy => Parts(form.Title, copy)))
        {
            workbook.Sheet(workbook.Reserve(copy.Subject), writer => Copy(writer, form, copy, evidence));
        }

        if (form.Copies.Count == 0)
        {
            workbook.Sheet(workbook.Reserve(form.Title), writer =>
            {
                var sheet = new SheetWriter(writer, s_fieldWidths, frozenRows: 1);
                sheet.Write([new(form.Title, CellStyle.Title, Columns: s_fieldWidths.Length)]);
                return sheet.End();
            });
        }

        if (form.Traces.Count > 0)
        {
            workbook.Sheet(evidence, writer => Table(
                writer, FormTraceColumns.Headings, [.. form.Traces.Select(static trace => FormTraceColumns.Cells(trace).Select(static text => new SheetCell(text)).ToList())]));
        }

        workbook.Sheet(checks, writer => Table(
            writer, FormTraceColumns.FindingHeadings,
            [.. form.Findings.Select(static finding => FormTraceColumns.Cells(finding).Select(static text => new SheetCell(text)).ToList())]));
    }

    // a wide table among fields gets a sheet of its own: beside theirs its columns would make the page tiny
    private static IEnumerable<FilledCopy> Parts(string title, FilledCopy copy)
    {
        var wide = copy.Sections.Count == 1 ? [] : copy.Sections.Where(static section => section.Table is { Headings.Count: > WideColumns }).ToList();
        if (copy.Sections.Count > wide.Count)
        {
            yield return copy with { Sections = [.. copy.Sections.Except(wide)] };
        }

        foreach (var section in wide)
        {
            // a heading that says what the title says already is not said again
            var isNamed = section.Heading == copy.Subject || section.Heading == title;
            yield return new() { Subject = isNamed ? copy.Subject : $"{copy.Subject} {section.Heading}", Sections = [section] };
        }
    }

    private static IReadOnlyList<SheetTable> Copy(OpenXmlWriter writer, FilledForm form, FilledCopy copy, string evidence)
    {
        var widths = Widths(copy);
        var isTable = copy.Sections is [{ Table: not null }];
        var sheet = new SheetWriter(writer, widths, frozenRows: isTable ? 2 : 1);
        sheet.Write([new(copy.Subject == form.Title ? form.Title : $"{form.Title}  {copy.Subject}", CellStyle.Title, Columns: widths.Count)], height: 30);
        foreach (var section in copy.Sections)
        {
            if (!isTable)
            {
                sheet.Skip();
                sheet.Write([new(section.Heading, CellStyle.Section, Columns: widths.Count)], height: 24);
            }

            if (section.Table is { } table)
            {
                var row = sheet.Row;
                var headings = SheetTable.Distinct(table.Headings);
                sheet.Write([.. headings.Select(static heading => new SheetCell(heading, CellStyle.Heading))]);
                foreach (var cells in table.Rows)
                {
                    sheet.Write([.. cells.Select(cell => Cell(cell, evidence))]);
                }

                sheet.Table(row, headings);
            }
            else
            {
                string? group = null;
                foreach (var field in section.Fields)
                {
                    var heading = field.Group is null
                        ? new[] { new SheetCell(field.Heading, CellStyle.Heading, Columns: 2) }
                        : [new SheetCell(field.Group == group ? string.Empty : field.Group, CellStyle.Heading), new SheetCell(field.Heading, CellStyle.Heading)];
                    group = field.Group;
                    var unit = field.Cell.Number is null ? null : field.Cell.Unit;
                    sheet.Write(unit is null ? [.. heading, Cell(field.Cell, evidence) with { Columns = 2 }] : [.. heading, Cell(field.Cell, evidence), new(unit)]);
                }
            }

            if (section.Note is { } note)
            {
                sheet.Write([new(note, CellStyle.Plain, Columns: widths.Count)]);
            }
        }

        return sheet.End();
    }

    private static SheetCell Cell(FilledCell cell, string evidence)
    {
        var isLinked = cell.Trace is not null;
        var style = cell.Number is null
            ? isLinked ? CellStyle.LinkedText : CellStyle.Text
            : cell.Format switch
            {
                FieldFormat.Percent => isLinked ? CellStyle.LinkedPercent : CellStyle.Percent,
                FieldFormat.Count => isLinked ? CellStyle.LinkedCount : CellStyle.Count,
                FieldFormat.Money => CellStyle.Money,
                _ => isLinked ? CellStyle.LinkedNumber : CellStyle.Number,
            };
        return new(cell.Text, style, cell.Number, cell.Trace is { } trace ? $"'{evidence}'!A{trace + 1}" : null);
    }

    // of a table as wide as its widest cell, within limits; of fields the layout's own
    private static IReadOnlyList<double> Widths(FilledCopy copy)
    {
        var widths = new List<double>();
        if (copy.Sections.Any(static section => section.Table is null))
        {
            widths.AddRange(s_fieldWidths);
        }

        foreach (var table in copy.Sections.Select(static section => section.Table).OfType<FilledTable>())
        {
            for (var i = 0; i < table.Headings.Count; i++)
            {
                var widest = table.Rows.Select(row => OfficeText.Width(row[i].Text)).DefaultIfEmpty().Max();

                // headings go over two lines before they make a column wide
                var width = Math.Clamp(Math.Max(widest, (OfficeText.Width(table.Headings[i]) / 2) + 4) + 3, Narrowest, MostOf(table.Headings.Count));
                if (i >= widths.Count)
                {
                    widths.Add(width);
                }
                else if (copy.Sections.All(static section => section.Table is not null))
                {
                    widths[i] = Math.Max(widths[i], width);
                }
            }
        }

        return widths;
    }

    private static double MostOf(int columns) => columns > ManyColumns ? WidestOfMany : Widest;

    private static IReadOnlyList<SheetTable> Table(OpenXmlWriter writer, IReadOnlyList<string> headings, List<List<SheetCell>> rows)
    {
        var widths = headings.Select((heading, i) => Math.Clamp(
            rows.Select(row => OfficeText.Width(row[i].Text)).Append(OfficeText.Width(heading) + 4).Max() + 3.0, Narrowest, MostOf(headings.Count))).ToList();
        var sheet = new SheetWriter(writer, widths, frozenRows: 1);
        sheet.Write([.. headings.Select(static heading => new SheetCell(heading, CellStyle.Heading))]);
        foreach (var row in rows)
        {
            sheet.Write(row);
        }

        sheet.Table(headingRow: 1, headings);
        return sheet.End();
    }
}
