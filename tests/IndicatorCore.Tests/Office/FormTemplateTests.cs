using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using IndicatorCore.Errors;
using IndicatorCore.Office.Templates;
using IndicatorCore.Office.Workbooks;
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
