using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using IndicatorCore.Office.Forms;
using IndicatorCore.Programmes;
using IndicatorCore.Programmes.Filling;
using IndicatorCore.Tests.Programmes;

namespace IndicatorCore.Tests.Office;

public sealed class FormDocumentTests
{
    public static TheoryData<string> Ids() => [.. ProgrammeCatalog.All.Select(static programme => programme.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_document_holds_every_cell_of_the_form_and_has_no_fault(string programme)
    {
        var form = SampleForms.Fill(programme);
        var bytes = OfficeFiles.Bytes(stream => new FormDocument().Write(form, stream));
        Assert.Empty(OfficeFiles.Faults(bytes, "docx"));
        using var stream = new MemoryStream(bytes);
        using var document = WordprocessingDocument.Open(stream, isEditable: false);
        var cells = document.MainDocumentPart!.Document.Descendants<TableCell>().Select(static cell => string.Concat(cell.Descendants<Text>().Select(static text => text.Text))).ToHashSet();
        var expected = form.Copies.SelectMany(static copy => copy.Sections)
            .SelectMany(static section => section.Table?.Rows.SelectMany(static row => row) ?? section.Fields.Select(static field => field.Cell))
            .Select(static cell => cell.Text.Replace("\n", string.Empty, StringComparison.Ordinal) + (cell.Trace is { } trace ? $"[{trace}]" : string.Empty));
        Assert.Subset(cells, expected.ToHashSet());
    }

    [Fact]
    public void Rows_stay_on_one_page_and_windows_of_evidence_are_days()
    {
        using var stream = new MemoryStream(OfficeFiles.Bytes(static stream => new FormDocument().Write(SampleForms.Fill("liaoning-2024"), stream)));
        using var document = WordprocessingDocument.Open(stream, isEditable: false);
        var rows = document.MainDocumentPart!.Document.Descendants<TableRow>().ToList();
        Assert.All(rows, static row => Assert.True(row.TableRowProperties?.Elements<CantSplit>().Any() == true || row.TableRowProperties?.Elements<TableHeader>().Any() == true, row.InnerText));
        Assert.Contains(rows, static row => row.InnerText.Contains("knr@12024-12-02至2025-01-01", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_mark_of_evidence_has_its_place()
    {
        var form = SampleForms.Fill("liaoning-2024");
        using var stream = new MemoryStream(OfficeFiles.Bytes(output => new FormDocument().Write(form, output)));
        using var document = WordprocessingDocument.Open(stream, isEditable: false);
        var body = document.MainDocumentPart!.Document;
        var anchors = body.Descendants<Hyperlink>().Select(static link => link.Anchor!.Value!).ToList();
        Assert.NotEmpty(anchors);
        Assert.Empty(anchors.Except(body.Descendants<BookmarkStart>().Select(static mark => mark.Name!.Value!)));
        Assert.Contains("☑民营", string.Concat(body.Descendants<Text>().Select(static text => text.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_xml_cannot_hold_is_marked()
    {
        var form = new FilledForm
        {
            Programme = "p",
            Title = "t",
            Notice = "n",
            Traces = [],
            Findings = [],
            Copies = [new() { Subject = "s", Sections = [new() { Heading = "h", Fields = [new("f", null, "f", new() { Text = "a\u0001b\uD800c𠮷" })] }] }],
        };
        Assert.Empty(OfficeFiles.Faults(OfficeFiles.Bytes(stream => new FormDocument().Write(form, stream)), "docx"));
        var sheets = IndicatorCore.Office.Workbooks.WorkbookReader.Read(OfficeFiles.Bytes(stream => new FormWorkbook().Write(form, stream)), "x");
        Assert.Contains(sheets[0].Rows, static row => row.Cells.Contains("a\uFFFDb\uFFFDc𠮷"));
    }
}
