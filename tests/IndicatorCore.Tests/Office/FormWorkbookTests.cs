using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using IndicatorCore.Office.Forms;
using IndicatorCore.Office.Workbooks;
using IndicatorCore.Programmes;
using IndicatorCore.Programmes.Filling;
using IndicatorCore.Tests.Programmes;

namespace IndicatorCore.Tests.Office;

public sealed class FormWorkbookTests
{
    public static TheoryData<string> Ids() => [.. ProgrammeCatalog.All.Select(static programme => programme.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_workbook_holds_every_cell_of_the_form_and_has_no_fault(string programme)
    {
        var form = SampleForms.Fill(programme);
        var bytes = OfficeFiles.Bytes(stream => new FormWorkbook().Write(form, stream));
        Assert.Empty(OfficeFiles.Faults(bytes, "xlsx"));
        var sheets = WorkbookReader.Read(bytes, "form.xlsx");
        foreach (var copy in form.Copies)
        {
            var cells = sheets.Where(static sheet => sheet.Name is not ("佐证" or "填报检查")).SelectMany(static sheet => sheet.Rows).ToList();
            foreach (var section in copy.Sections)
            {
                foreach (var field in section.Fields.Where(_ => section.Table is null))
                {
                    Assert.Contains(cells, row => row.Cells.Contains(field.Heading) && (field.Cell.Text.Length == 0 || row.Cells.Contains(Shown(field.Cell))));
                }

                foreach (var row in section.Table?.Rows ?? [])
                {
                    string[] expected = [.. row.Select(Shown)];
                    Assert.Contains(cells, found => found.Cells.Concat(Enumerable.Repeat(string.Empty, expected.Length)).Take(expected.Length).SequenceEqual(expected));
                }
            }
        }
    }

    [Fact]
    public void A_sheet_that_is_one_table_has_its_headings_on_every_page_and_columns_that_fit_it()
    {
        using var stream = new MemoryStream(OfficeFiles.Bytes(static stream => new FormWorkbook().Write(SampleForms.Fill("monitoring"), stream)));
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);
        var workbook = document.WorkbookPart!.Workbook;
        Assert.Equal(["0 '5G全连接工厂建设情况动态监测'!$1:$2", "1 '填报检查'!$1:$1"], workbook.DefinedNames!.Elements<DefinedName>().Select(static name => $"{name.LocalSheetId} {name.Text}"));
        var sheet = ((WorksheetPart)document.WorkbookPart.GetPartById(workbook.Sheets!.Elements<Sheet>().First().Id!)).Worksheet;
        Assert.InRange(sheet.Descendants<Column>().Sum(static column => column.Width!.Value), 100, 270);
    }

    [Fact]
    public void Equal_forms_give_equal_bytes()
    {
        var form = SampleForms.Fill("tianjin-2023");
        Assert.Equal(OfficeFiles.Bytes(stream => new FormWorkbook().Write(form, stream)), OfficeFiles.Bytes(stream => new FormWorkbook().Write(form, stream)));
        Assert.Equal(OfficeFiles.Bytes(stream => new FormDocument().Write(form, stream)), OfficeFiles.Bytes(stream => new FormDocument().Write(form, stream)));
    }

    [Fact]
    public void One_click_leads_from_a_figure_to_its_evidence()
    {
        var form = SampleForms.Fill("liaoning-2024-summary");
        using var stream = new MemoryStream(OfficeFiles.Bytes(output => new FormWorkbook().Write(form, output)));
        var sheets = WorkbookReader.Read(stream.ToArray(), "form.xlsx");
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);
        var main = document.WorkbookPart!;
        var first = (WorksheetPart)main.GetPartById(main.Workbook.Descendants<Sheet>().First().Id!);
        var links = first.Worksheet.Descendants<Hyperlink>().ToDictionary(static link => link.Reference!.Value!, static link => link.Location!.Value!);
        var headings = form.Copies[0].Sections[0].Table!.Headings.ToList();
        var column = headings.IndexOf("关键设备联网率");
        for (var row = 0; row < 12; row++)
        {
            var location = links[CellName.Of(column, row + 3)];
            Assert.StartsWith("'佐证'!A", location, StringComparison.Ordinal);
            var evidence = sheets.Single(static sheet => sheet.Name == "佐证").Rows.Single(found => found.Number == int.Parse(location["'佐证'!A".Length..], CultureInfo.InvariantCulture));
            Assert.Contains($"factory={SampleForms.Registry.Factories[row].Factory}", evidence.Cells);
            Assert.Contains("knr@1", evidence.Cells);
        }

        Assert.Equal("A3", first.Worksheet.Descendants<Pane>().Single().TopLeftCell!.Value);
        Assert.Equal(OrientationValues.Landscape, first.Worksheet.Descendants<PageSetup>().Single().Orientation!.Value);
        Assert.Equal(headings, first.TableDefinitionParts.Single().Table.TableColumns!.Elements<TableColumn>().Select(static name => name.Name!.Value));
    }

    [Fact]
    public void Sheets_have_names_that_programs_take()
    {
        var taken = new HashSet<string>();
        Assert.Equal("a_b", CellName.Sheet("a/b", taken));
        Assert.Equal("A_B~2", CellName.Sheet("A:B", taken));
        Assert.Equal(31, CellName.Sheet(new string('长', 40), taken).Length);
        Assert.Equal(("A1", "Z2", "AA3", "XFD1"), (CellName.Of(0, 1), CellName.Of(25, 2), CellName.Of(26, 3), CellName.Of(16_383, 1)));
        Assert.Equal([0, 25, 26, 16_383, -1, -1], new[] { "A1", "Z2", "AA3", "XFD1", "1", "ABCD1" }.Select(CellName.ColumnOf));
    }

    private static string Shown(FilledCell cell) => cell.Number is { } number
        ? number.Equals(Math.Truncate(number)) ? number.ToString("0", CultureInfo.InvariantCulture) : ((decimal)number).ToString("0.###############", CultureInfo.InvariantCulture)
        : cell.Text;
}
