using System.IO.Compression;
using System.Text;
using IndicatorCore.Adapters.Registry;
using IndicatorCore.Cli.Forms;
using IndicatorCore.Errors;
using IndicatorCore.Office.Workbooks;
using IndicatorCore.Tests.Programmes;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Office;

public sealed class WorkbookReaderTests
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    [Fact]
    public void Values_of_every_kind_are_text()
    {
        const string Cells = """
            <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r><rPh sb="0" eb="1"><t>no</t></rPh></is></c>
            <c r="D2"><v>0.10000000000000001</v></c><c r="E2" s="1"><v>45352</v></c><c r="F2" s="2"><v>45352.25</v></c><c r="G2" t="b"><v>1</v></c>
            <c r="H2" t="str"><f>A1</f><v>kept</v></c><c r="I2"><v>1E3</v></c><c r="J2" t="d"><v>2024-03-01T00:00:00</v></c><c r="K2" s="3"><v>0.5</v></c><c r="L2"/></row>
            <row><c><v>7</v></c></row>
            """;
        var rows = Read(Cells)[0].Rows;
        Assert.Equal(2, rows[0].Number);
        Assert.Equal(["甲乙", "ab", "", "0.1", "2024-03-01", "2024-03-01T06:00:00", "TRUE", "kept", "1000", "2024-03-01", "0.5"], rows[0].Cells);
        Assert.Equal((3, "7"), (rows[1].Number, rows[1].Cells[0]));
    }

    [Theory]
    [InlineData("<row r=\"3\"><c r=\"C3\" t=\"e\"><v>#REF!</v></c></row>", "Cell C3 holds the error #REF!")]
    [InlineData("<row r=\"3\"><c r=\"C3\"><v>9.1210120000000004E+17</v></c></row>", "Cell C3 holds a number of more than 15 digits")]
    [InlineData("<row r=\"3\"><c r=\"C3\"><v>x</v></c></row>", "Cell C3 holds \"x\"")]
    [InlineData("<row r=\"3\"><c r=\"C3\" t=\"s\"><v>9</v></c></row>", "Cell C3 names a text")]
    [InlineData("<row r=\"3\"><c r=\"C3\"/><c r=\"A3\"/></row>", "out of order")]
    [InlineData("<row><c></row>", "damaged")]
    public void A_fault_names_sheet_and_cell(string rows, string problem)
    {
        var fault = Assert.Throws<ConfigurationException>(() => Read(rows));
        Assert.Contains(problem, fault.Problem, StringComparison.Ordinal);
        Assert.Equal("book.xlsx", fault.Location.File);
    }

    [Fact]
    public void No_entity_is_resolved() => Assert.Contains(
        "damaged",
        Assert.Throws<ConfigurationException>(static () => WorkbookReader.Read(
            Package("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><sst xmlns=\"" + Main + "\"><si><t>&e;</t></si></sst>", string.Empty), "book.xlsx")).Problem,
        StringComparison.Ordinal);

    [Fact]
    public void A_part_that_unpacks_to_far_more_than_it_takes_is_refused()
    {
        var fault = Assert.Throws<LimitExceededException>(static () => Read(new string(' ', 8 << 20)));
        Assert.Contains("would unpack", fault.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK\u0003\u0004 but no archive")]
    public void What_is_no_archive_is_refused(string text) =>
        Assert.Throws<ConfigurationException>(() => WorkbookReader.Read(Encoding.Latin1.GetBytes(text), "book.xlsx"));

    [Fact]
    public void A_registry_of_one_workbook_is_that_of_its_tables()
    {
        using var folder = new TemporaryFolder();
        SampleForms.CopyTo(folder.Path);
        var names = new Dictionary<string, string> { ["factories"] = "工厂", ["lines"] = "Lines", ["devices"] = "设备", ["grid_cells"] = "grid cells" };
        var path = folder.File("registry.xlsx");
        File.WriteAllBytes(path, OfficeFiles.Bytes(stream =>
        {
            using var workbook = new WorkbookWriter(stream);
            foreach (var file in Directory.GetFiles(folder.Path, "*.csv"))
            {
                var table = Path.GetFileNameWithoutExtension(file);
                workbook.Sheet(workbook.Reserve(names.GetValueOrDefault(table, table)), writer =>
                {
                    var sheet = new SheetWriter(writer, [20], frozenRows: 1);
                    foreach (var record in Records(File.ReadAllText(file).TrimStart('\uFEFF')))
                    {
                        sheet.Write([.. record.Select(static field => new SheetCell(field))]);
                    }

                    return sheet.End();
                });
            }
        }));
        Assert.Equal(RegistryReader.Read(folder.Path).Digest, RegistryReader.Read(RegistryWorkbook.Sheets(path), path).Digest);
    }

    [Fact]
    public void A_fault_of_a_registry_names_sheet_row_and_column()
    {
        List<(int, IReadOnlyList<string>)> rows = [(1, ["设备编号", "产线编号", "是否关键设备"]), (4, ["D1", "L1", "perhaps"])];
        var fault = Assert.Throws<ConfigurationException>(() => RegistryReader.Read([new RegistrySheet("设备", rows)], "registry.xlsx"));
        Assert.Equal(("registry.xlsx", "设备", "是否关键设备", 4L), (fault.Location.File, fault.Location.Table, fault.Location.Column, fault.Location.Row));
        Assert.Contains(
            "same table", Assert.Throws<ConfigurationException>(() => RegistryReader.Read([new("设备", rows), new("devices", rows)], "r.xlsx")).Problem, StringComparison.Ordinal);
        Assert.Contains("none of the registry", Assert.Throws<ConfigurationException>(() => RegistryReader.Read([new("Sheet1", rows)], "r.xlsx")).Problem, StringComparison.Ordinal);
    }

    private static IEnumerable<string[]> Records(string csv)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var isQuoted = false;
        foreach (var letter in csv.Replace("\r", string.Empty, StringComparison.Ordinal))
        {
            if (letter == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && letter is ',' or '\n')
            {
                fields.Add(field.ToString());
                field.Clear();
                if (letter == '\n')
                {
                    yield return [.. fields];
                    fields.Clear();
                }
            }
            else
            {
                field.Append(letter);
            }
        }
    }

    private static IReadOnlyList<WorkbookSheet> Read(string rows) => WorkbookReader.Read(
        Package($"<sst xmlns=\"{Main}\"><si><t>甲乙</t></si></sst>", rows), "book.xlsx");

    private static byte[] Package(string shared, string rows) => OfficeFiles.Bytes(stream =>
    {
        const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
        const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add("_rels/.rels", $"<Relationships xmlns=\"{Relations}\"><Relationship Id=\"r\" Type=\"{Office}/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>");
        Add("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>");
        Add(
            "xl/_rels/workbook.xml.rels",
            $"<Relationships xmlns=\"{Relations}\"><Relationship Id=\"a\" Type=\"{Office}/worksheet\" Target=\"worksheets/../worksheets/s.xml\"/>"
            + $"<Relationship Id=\"b\" Type=\"{Office}/sharedStrings\" Target=\"strings.xml\"/><Relationship Id=\"c\" Type=\"{Office}/styles\" Target=\"styles.xml\"/></Relationships>");
        Add("xl/strings.xml", shared);
        Add(
            "xl/styles.xml",
            $"<styleSheet xmlns=\"{Main}\"><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot; h:mm\"/><numFmt numFmtId=\"171\" formatCode=\"[Red]0.0&quot;days&quot;\"/></numFmts>"
            + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/><xf numFmtId=\"171\"/></cellXfs></styleSheet>");
        Add("xl/worksheets/s.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>");

        void Add(string path, string text)
        {
            using var part = archive.CreateEntry(path).Open();
            part.Write(Encoding.UTF8.GetBytes(text));
        }
    });
}
