using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using IndicatorCore.Office.Packaging;
using IndicatorCore.Programmes.Filling;
using IndicatorCore.Programmes.Writing;

namespace IndicatorCore.Office.Forms;

/// <summary>
/// A filled form as .docx: headings, tables with borders, check boxes ☑ and ☐, and the evidence of every figure one click behind it at the end.
/// Equal forms give equal bytes.
/// </summary>
public sealed class FormDocument : IFormWriter
{
    private const string Main = "word/document.xml";
    private const int PortraitWidth = 9638;    // twentieths of a point between the margins of A4
    private const int LandscapeWidth = 14570;
    private const int WideColumns = 6;
    private const int VeryWideColumns = 10;
    private const int CrowdedColumns = 14;
    private const string SmallSize = "15";      // half points
    private const int LongText = 1_000;         // halves of characters: rows above it may go over pages
    private const short SmallMargin = 40;
    private const string Midnight = "T00:00:00";
    private static readonly (string Heading, Func<FigureTrace, string> Text, int Share)[] s_evidence =
    [
        ("序号", static trace => trace.Number.ToString(), 5),
        ("范围", static trace => trace.Group, 13),
        ("定义", static trace => trace.Indicator == trace.Definition.Split('@')[0] ? trace.Definition : $"{trace.Indicator} ({trace.Definition})", 16),
        ("窗口", static trace => trace.WindowStart is null ? string.Empty : $"{Day(trace.WindowStart)}\n至{Day(trace.WindowEnd!)}", 14),
        ("值", static trace => trace.Value?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty, 13),
        ("下限至上限", static trace => trace.Low is null && trace.High is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{trace.Low:R}\n至{trace.High:R}"), 11),
        ("n", static trace => trace.Records?.ToString() ?? string.Empty, 6),
        ("状态", static trace => string.Join(' ', [trace.Status, .. trace.Reason is null ? Array.Empty<string>() : [trace.Reason], .. trace.Flags]), 22),
    ];

    /// <inheritdoc/>
    public void Write(FilledForm form, Stream output)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(output);
        var isWide = form.Copies.SelectMany(static copy => copy.Sections).Any(static section => section.Table is { Headings.Count: > WideColumns });
        var width = isWide ? LandscapeWidth : PortraitWidth;
        var body = new Body();
        for (var i = 0; i < form.Copies.Count; i++)
        {
            var copy = form.Copies[i];
            body.Append(Heading(form.Title, "Title", isNewPage: i > 0));
            if (copy.Subject != form.Title)
            {
                body.Append(Paragraph(copy.Subject, isCentered: true));
            }

            foreach (var section in copy.Sections)
            {
                body.Append(Heading(section.Heading, "Heading1"));
                body.Append(section.Table is { } table ? Table(table, width) : Fields(section, width));
                body.Append(Paragraph(section.Note ?? string.Empty));
            }
        }

        if (form.Traces.Count > 0)
        {
            body.Append(Heading("佐证", "Heading1", isNewPage: true));
            body.Append(Evidence(form, width));
            body.Append(Paragraph($"输入摘要 {form.Traces[0].InputDigest}"));
        }

        body.Append(new SectionProperties(
            isWide
                ? new PageSize { Width = 16838, Height = 11906, Orient = PageOrientationValues.Landscape }
                : new PageSize { Width = 11906, Height = 16838 },
            new PageMargin { Top = 1134, Bottom = 1134, Left = 1134, Right = 1134, Header = 567, Footer = 567, Gutter = 0 }));
        using var package = new OfficePackage(output);
        package.Relate(string.Empty, "rId1", OfficeTypes.MainRelation, Main);
        package.Part(Main, OfficeTypes.Document, new Document(body));
        package.Part("word/styles.xml", OfficeTypes.DocumentStyles, DocumentStyles.Styles());
        package.Relate(Main, "rId1", OfficeTypes.StylesRelation, "styles.xml");
    }

    private static Paragraph Heading(string text, string style, bool isNewPage = false)
    {
        var properties = new ParagraphProperties(new ParagraphStyleId { Val = style });
        if (isNewPage)
        {
            properties.Append(new PageBreakBefore());
        }

        return new Paragraph(properties, Run(text));
    }

    private static Paragraph Paragraph(string text, bool isCentered = false)
    {
        var paragraph = new Paragraph();
        if (isCentered)
        {
            paragraph.Append(new ParagraphProperties(new Justification { Val = JustificationValues.Center }));
        }

        if (text.Length > 0)
        {
            paragraph.Append(Run(text));
        }

        return paragraph;
    }

    private static Run Run(string text, RunProperties? properties = null)
    {
        var run = new Run();
        if (properties is not null)
        {
            run.Append(properties);
        }

        var lines = OfficeText.Legal(text).Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
            {
                run.Append(new Break());
            }

            run.Append(new Text(lines[i]) { Space = SpaceProcessingModeValues.Preserve });
        }

        return run;
    }

    // group, heading, content; the group's cell goes over all of its fields
    private static Table Fields(FilledSection section, int width)
    {
        int[] widths = [width * 18 / 100, width * 27 / 100, width - (width * 18 / 100) - (width * 27 / 100)];
        var table = Grid(widths);
        string? group = null;
        foreach (var field in section.Fields)
        {
            var row = new TableRow();
            if (OfficeText.Width(field.Cell.Text) <= LongText)
            {
                row.Append(new TableRowProperties(new CantSplit()));
            }

            if (field.Group is null)
            {
                row.Append(Cell([Run(field.Heading)], widths[0] + widths[1], span: 2, isHeading: true));
            }
            else
            {
                var cell = Cell(field.Group == group ? [] : [Run(field.Group)], widths[0], isHeading: true);
                cell.GetFirstChild<TableCellProperties>()!.InsertAfter(
                    new VerticalMerge { Val = field.Group == group ? MergedCellValues.Continue : MergedCellValues.Restart },
                    cell.GetFirstChild<TableCellProperties>()!.GetFirstChild<TableCellWidth>());
                row.Append(cell, Cell([Run(field.Heading)], widths[1], isHeading: true));
            }

            group = field.Group;
            row.Append(Cell(Content(field.Cell), widths[2]));
            table.Append(row);
        }

        return table;
    }

    private static Table Table(FilledTable filled, int width)
    {
        // as wide as what stands in them, and never too narrow for a word; of many columns long texts give way to short ones
        var most = filled.Headings.Count > CrowdedColumns ? 20 : 40;
        var needs = filled.Headings.Select((heading, i) => Math.Clamp(
            filled.Rows.Select(row => OfficeText.Width(row[i].Text) + (row[i].Trace is null ? 0 : 4)).Append((OfficeText.Width(heading) / 2) + 2).Max() + 3, 7, most)).ToList();
        int[] widths = [.. needs.Select(need => width * need / needs.Sum())];
        var size = filled.Headings.Count > VeryWideColumns ? SmallSize : null;
        var table = Grid(widths, size is null ? null : SmallMargin);
        table.Append(HeadingRow(filled.Headings, widths, size));
        foreach (var cells in filled.Rows)
        {
            var row = new TableRow(new TableRowProperties(new CantSplit()));
            row.Append(cells.Select((cell, i) => Cell(Content(cell, size), widths[i])));
            table.Append(row);
        }

        return table;
    }

    private static Table Evidence(FilledForm form, int width)
    {
        int[] widths = [.. s_evidence.Select(column => width * column.Share / 100)];
        var table = Grid(widths, SmallMargin);
        table.Append(HeadingRow([.. s_evidence.Select(static column => column.Heading)], widths));
        foreach (var trace in form.Traces)
        {
            var id = trace.Number.ToString();
            var row = new TableRow(new TableRowProperties(new CantSplit()));
            for (var i = 0; i < s_evidence.Length; i++)
            {
                var run = Run(s_evidence[i].Text(trace), Sized(SmallSize));
                row.Append(Cell(
                    i > 0 ? [run] : [new BookmarkStart { Id = id, Name = Bookmark(trace.Number) }, run, new BookmarkEnd { Id = id }], widths[i]));
            }

            table.Append(row);
        }

        return table;
    }

    // a midnight is a day
    private static string Day(string instant) =>
        instant.IndexOf(Midnight, StringComparison.Ordinal) is > 0 and var at && !instant.AsSpan(at + Midnight.Length).StartsWith(".") ? instant[..at] : instant;

    private static string Bookmark(int number) => $"evidence_{number}";

    private static RunProperties? Sized(string? size) => size is null ? null : new RunProperties(new FontSize { Val = size });

    private static TableRow HeadingRow(IReadOnlyList<string> headings, int[] widths, string? size = null)
    {
        var row = new TableRow(new TableRowProperties(new TableHeader()));
        row.Append(headings.Select((heading, i) => Cell([Run(heading, Sized(size))], widths[i], isHeading: true)));
        return row;
    }

    private static List<OpenXmlElement> Content(FilledCell cell, string? size = null)
    {
        var content = new List<OpenXmlElement>();
        if (cell.Text.Length > 0)
        {
            content.Add(Run(cell.Text, Sized(size)));
        }

        if (cell.Trace is { } trace)
        {
            var mark = Run($"[{trace}]", new RunProperties(new Color { Val = "0563C1" }, new VerticalTextAlignment { Val = VerticalPositionValues.Superscript }));
            content.Add(new Hyperlink(mark) { Anchor = Bookmark(trace), History = true });
        }

        return content;
    }

    private static Table Grid(int[] widths, short? margin = null)
    {
        static T Line<T>()
            where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Space = 0, Color = "auto" };

        var table = new Table(
            new TableProperties(
                new TableWidth { Width = widths.Sum().ToString(), Type = TableWidthUnitValues.Dxa },
                new TableBorders(
                    Line<TopBorder>(), Line<LeftBorder>(), Line<BottomBorder>(), Line<RightBorder>(), Line<InsideHorizontalBorder>(), Line<InsideVerticalBorder>()),
                new TableLayout { Type = TableLayoutValues.Fixed }),
            new TableGrid(widths.Select(static width => new GridColumn { Width = width.ToString() })));
        if (margin is { } twips)
        {
            table.GetFirstChild<TableProperties>()!.Append(new TableCellMarginDefault(
                new TableCellLeftMargin { Width = twips, Type = TableWidthValues.Dxa }, new TableCellRightMargin { Width = twips, Type = TableWidthValues.Dxa }));
        }

        return table;
    }

    private static TableCell Cell(IReadOnlyList<OpenXmlElement> content, int width, int span = 1, bool isHeading = false)
    {
        var properties = new TableCellProperties(new TableCellWidth { Width = width.ToString(), Type = TableWidthUnitValues.Dxa });
        if (span > 1)
        {
            properties.Append(new GridSpan { Val = span });
        }

        if (isHeading)
        {
            properties.Append(new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = "DDEBF7" });
        }

        properties.Append(new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center });
        return new TableCell(properties, new Paragraph(content));
    }
}
