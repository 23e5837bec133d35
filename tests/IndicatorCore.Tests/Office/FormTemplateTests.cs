using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using IndicatorCore.Errors;
using IndicatorCore.Office.Templates;
using IndicatorCore.Office.Workbooks;
using IndicatorCore.Programmes.Filling;
using IndicatorCore.Tests.Programmes;
using IndicatorCore.Tests.Support;
using S = DocumentFormat.OpenXml.Spreadsheet;

namespace IndicatorCore.Tests.Office;

public sealed class FormTemplateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Marks_of_a_document_are_filled_also_where_Word_has_split_them()
    {
        var path = Document(
            new Paragraph(Run("名称："), Run("{{项"), Run("目名"), Run("称}}（"), Run("{{关键设备联网率}}），{{没有}}")),
            new Table(new TableRow(new TableCell(new Paragraph(Run("{{项目简述}}"))))));
        var (text, unknown) = FillDocument(path, "liaoning-2024");
        Assert.Equal(["没有"], unknown);
        Assert.Contains("名称：数控机床柔性产线5G工厂（100.0%），{{没有}}", text, StringComparison.Ordinal);
        Assert.Contains("以5G专网连接产线设备，实现柔性生产与在线质检。|可推广至同类产线。", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_a_table_have_numbers_and_rows_that_are_not_there_stay_empty()
    {
        var path = Document(new Paragraph(Run("[{{工厂名称.1}}][{{ 工厂名称.9 }}][{{申请单位名称.1}}]")));
        var (text, unknown) = FillDocument(path, "tianjin-2023");
        Assert.Empty(unknown);
        Assert.Contains("[沈阳装备001工厂][][沈阳装备001有限公司]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Marks_of_a_workbook_become_numbers_where_they_stand_alone()
    {
        var path = _folder.File("own.xlsx");
        using (var document = SpreadsheetDocument.Create(path, SpreadsheetDocumentType.Workbook))
        {
            var main = document.AddWorkbookPart();
            var strings = main.AddNewPart<SharedStringTablePart>();
            strings.SharedStringTable = new S.SharedStringTable(new S.SharedStringItem(new S.Run(new S.Text("{{项目")), new S.Run(new S.Text("名称}}"))));
            var sheet = main.AddNewPart<WorksheetPart>();
            sheet.Worksheet = new S.Worksheet(new S.SheetData(new S.Row(
                new S.Cell(new S.CellValue("0")) { CellReference = "A1", DataType = S.CellValues.SharedString },
                new S.Cell(new S.InlineString(new S.Text("{{注册资本(万元)}}"))) { CellReference = "B1", DataType = S.CellValues.InlineString },
                new S.Cell(new S.InlineString(new S.Text("联网率 {{关键设备联网率}}"))) { CellReference = "C1", DataType = S.CellValues.InlineString },
                new S.Cell(new S.CellFormula("1+1"), new S.CellValue("2")) { CellReference = "D1" })
            {
                RowIndex = 1,
            }));
            main.Workbook = new S.Workbook(new S.Sheets(new S.Sheet { Name = "s", SheetId = 1, Id = main.GetIdOfPart(sheet) }));
        }

        using var output = new MemoryStream();
        Assert.Empty(FormTemplate.Fill(path, SampleForms.Fill("liaoning-2024"), output));
        Assert.Empty(OfficeFiles.Faults(output.ToArray(), "xlsx"));
        Assert.Equal(["数控机床柔性产线5G工厂", "5000", "联网率 100.0%", "2"], WorkbookReader.Read(output.ToArray(), "own.xlsx")[0].Rows[0].Cells);
    }

    [Fact]
    public void A_row_of_a_document_with_star_marks_is_repeated_for_as_many_rows_as_there_are()
    {
        var path = Document(
            new Paragraph(Run("[{{工厂名称.*}}]")),
            new Table(
                new TableProperties(),
                new TableGrid(new GridColumn(), new GridColumn(), new GridColumn()),
                Row("序号", "工厂", "注"),
                new TableRow(
                    Cell(new Paragraph(new BookmarkStart { Id = "1", Name = "b" }, new BookmarkEnd { Id = "1" }, Run("{{序号.*}}")) { ParagraphId = "0A0A0A0A" }),
                    Cell(new Paragraph(Run("{{工厂"), Run("名称.*}}（{{申请单位名称."), Run("*}}）"))),
                    Cell(new Paragraph(Run("共{{工厂名称.1}}")))),
                Row("合计", "", "")));
        var form = SampleForms.Fill("tianjin-2023");
        var table = form.Copies.SelectMany(static copy => copy.Sections).Select(static section => section.Table).OfType<FilledTable>().Last();
        table = table with { Rows = [table.Rows[0], .. Enumerable.Range(2, 4).Select(number => table.Rows[0].Select((cell, i) => i == 0 ? cell with { Text = $"{number}" } : cell).ToList())] };
        form = form with { Copies = [.. form.Copies.Select(copy => copy with { Sections = [.. copy.Sections.Select(section => section.Table is { } known && known.Headings.Contains("工厂名称") ? section with { Table = table } : section)] })] };

        using var output = new MemoryStream();
        Assert.Equal(["工厂名称.*"], FormTemplate.Fill(path, form, output));
        Assert.Empty(OfficeFiles.Faults(output.ToArray(), "docx"));
        using var document = WordprocessingDocument.Open(output, isEditable: false);
        Assert.Equal(
            ["序号|工厂|注", .. Enumerable.Range(1, 5).Select(static number => $"{number}|沈阳装备001工厂（沈阳装备001有限公司）|共沈阳装备001工厂"), "合计||"],
            document.MainDocumentPart!.Document.Descendants<TableRow>().Select(static row => string.Join('|', row.Elements<TableCell>().Select(static cell => cell.InnerText))));

        static TableRow Row(params string[] texts) => new(texts.Select(static text => Cell(new Paragraph(Run(text)))));

        static TableCell Cell(Paragraph paragraph) => new(paragraph);
    }

    [Fact]
    public void A_row_of_a_sheet_with_star_marks_is_repeated_and_moves_what_is_below()
    {
        var path = _folder.File("own.xlsx");
        using (var document = SpreadsheetDocument.Create(path, SpreadsheetDocumentType.Workbook))
        {
            var main = document.AddWorkbookPart();
            var sheet = main.AddNewPart<WorksheetPart>();
            sheet.Worksheet = new S.Worksheet(
                new S.SheetDimension { Reference = "A1:E5" },
                new S.SheetData(
                    SheetRow(1, Text("A1", "推荐单位"), Formula("B1", "SUM(D3:D3)&\"D5\""), Formula("C1", "D5+$D$2")),
                    SheetRow(2, Text("A2", "序号"), Text("B2", "工厂"), Text("D2", "宏站")),
                    SheetRow(3, Text("A3", "{{序号.*}}"), Text("B3", "{{工厂名称.*}}"), Text("D3", "{{n.*}}"), Formula("E3", "D3*2+$D$3+D2")),
                    SheetRow(5, Text("A5", "日期"), Formula("D5", "SUM(D3:D4)"))),
                new S.MergeCells(new S.MergeCell { Reference = "B3:C3" }, new S.MergeCell { Reference = "A5:B5" }));
            var other = main.AddNewPart<WorksheetPart>();
            other.Worksheet = new S.Worksheet(new S.SheetData(SheetRow(1, Formula("A1", "'s 1'!D5+D5"), Text("B1", "{{工厂名称.2}}"))));
            main.Workbook = new S.Workbook(
                new S.Sheets(new S.Sheet { Name = "s 1", SheetId = 1, Id = main.GetIdOfPart(sheet) }, new S.Sheet { Name = "t", SheetId = 2, Id = main.GetIdOfPart(other) }),
                new S.DefinedNames(new S.DefinedName("'s 1'!$A$1:$E$5") { Name = "_xlnm.Print_Area", LocalSheetId = 0 }));
        }

        FilledTable table = new(
            ["序号", "工厂名称", "n"],
            [.. Enumerable.Range(1, 3).Select(static number => new FilledCell[] { new() { Text = $"{number}", Number = number }, new() { Text = $"F{number}" }, new() { Text = $"{number * 10}", Number = number * 10 } })]);
        var form = SampleForms.Fill("national-2024");
        form = form with { Copies = [form.Copies[0] with { Sections = [new FilledSection { Heading = "表", Table = table }] }] };
        using var output = new MemoryStream();
        Assert.Empty(FormTemplate.Fill(path, form, output));
        Assert.Empty(OfficeFiles.Faults(output.ToArray(), "xlsx"));
        using var filled = SpreadsheetDocument.Open(output, isEditable: false);
        var sheets = filled.WorkbookPart!.Workbook.Sheets!.Elements<S.Sheet>().Select(one => ((WorksheetPart)filled.WorkbookPart.GetPartById(one.Id!)).Worksheet).ToList();
        Assert.Equal(
            [
                "A1 推荐单位", "B1 =SUM(D3:D5)&\"D5\"", "C1 =D7+$D$2", "A2 序号", "B2 工厂", "D2 宏站",
                "A3 1", "B3 F1", "D3 10", "E3 =D3*2+$D$3+D2", "A4 2", "B4 F2", "D4 20", "E4 =D4*2+$D$3+D3", "A5 3", "B5 F3", "D5 30", "E5 =D5*2+$D$3+D4",
                "A7 日期", "D7 =SUM(D3:D6)",
            ],
            Cells(sheets[0]));
        Assert.Equal(["A1 ='s 1'!D7+D5", "B1 F2"], Cells(sheets[1]));
        Assert.Equal(["B3:C3", "A7:B7", "B4:C4", "B5:C5"], sheets[0].Descendants<S.MergeCell>().Select(static merge => merge.Reference!.Value!));
        Assert.Equal("'s 1'!$A$1:$E$7", filled.WorkbookPart.Workbook.DefinedNames!.InnerText);

        static S.Row SheetRow(uint index, params S.Cell[] cells) => new(cells) { RowIndex = index };

        static S.Cell Text(string at, string text) => new(new S.InlineString(new S.Text(text))) { CellReference = at, DataType = S.CellValues.InlineString };

        static S.Cell Formula(string at, string text) => new(new S.CellFormula(text)) { CellReference = at };

        static IEnumerable<string> Cells(S.Worksheet sheet) =>
            sheet.Descendants<S.Cell>().Select(static cell => $"{cell.CellReference} {(cell.CellFormula is { } formula ? $"={formula.Text}" : cell.InnerText)}");
    }

    [Theory]
    [InlineData("SUM(A1:A3)+A4", "SUM(A1:A5)+A6")]
    [InlineData("A3+B$3+$C4", "A3+B$3+$C6")]
    [InlineData("LOG10(A9)+\"A9\"+Other!A9+'It''s'!A9", "LOG10(A11)+\"A9\"+Other!A9+'It''s'!A11")]
    [InlineData("Other!A1:A9+A3:B3", "Other!A1:A9+A3:B5")]
    [InlineData("Table1[A4]+ABCD4", "Table1[A6]+ABCD4")]
    public void Formulas_follow_the_cells_that_move(string before, string after) =>
        Assert.Equal(after, new RowInsertion(3, 2, "It's").Formula(before, isOfSheet: true));

    [Fact]
    public void A_table_without_rows_leaves_one_empty_row()
    {
        var path = Document(new Table(new TableProperties(), new TableGrid(new GridColumn()), new TableRow(new TableCell(new Paragraph(Run("[{{工厂名称.*}}]"))))));
        var form = SampleForms.Fill("national-2024");
        form = form with { Copies = [form.Copies[0] with { Sections = [new FilledSection { Heading = "表", Table = new FilledTable(["工厂名称"], []) }] }] };
        using var output = new MemoryStream();
        Assert.Empty(FormTemplate.Fill(path, form, output));
        using var document = WordprocessingDocument.Open(output, isEditable: false);
        Assert.Equal("[]", document.MainDocumentPart!.Document.InnerText);
    }

    [Fact]
    public void A_template_is_for_one_subject()
    {
        var fault = Assert.Throws<ConfigurationException>(() => FillDocument(Document(new Paragraph(Run("x"))), "liaoning-2024", all: true));
        Assert.Contains("--where factory=F001", fault.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("own.docx")]
    [InlineData("own.xlsx")]
    public void What_is_no_office_file_is_refused(string name)
    {
        _folder.Write(name, "PK is not enough");
        Assert.Throws<ConfigurationException>(() => FormTemplate.Fill(_folder.File(name), SampleForms.Fill("liaoning-2024"), Stream.Null));
    }

    private static Run Run(string text) => new(new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    private string Document(params OpenXmlElement[] content)
    {
        var path = _folder.File("own.docx");
        using var document = WordprocessingDocument.Create(path, WordprocessingDocumentType.Document);
        document.AddMainDocumentPart().Document = new Document(new Body(content));
        return path;
    }

    private static (string Text, IReadOnlyList<string> Unknown) FillDocument(string path, string programme, bool all = false)
    {
        using var output = new MemoryStream();
        var unknown = FormTemplate.Fill(path, SampleForms.Fill(programme, where: all ? [] : null), output);
        using var document = WordprocessingDocument.Open(output, isEditable: false);
        var parts = document.MainDocumentPart!.Document.Descendants().Select(static element => element switch
        {
            Text text => text.Text,
            Break => "|",
            _ => string.Empty,
        });
        return (string.Concat(parts), unknown);
    }
}
