using System.Text;
using System.Text.Json;
using IndicatorCore.Adapters.Registry;
using IndicatorCore.Errors;
using IndicatorCore.Registry;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Adapters.Registry;

/// <summary>Reading that notes every fault and goes on, and the places of findings.</summary>
public sealed class RegistryReadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_fault_is_noted_and_the_rest_is_read()
    {
        _folder.Write("devices.csv", "设备编号,产线编号,是否关键设备,生效日期,失效日期\nD1,L1,maybe,2024-02-30,x\n,L1,1,,\nD2,L1,1,2024-02-01,2024-01-01\nD3,L1,1,,,too,many\n\nD4,L9,1,,\n");
        _folder.Write("lines.csv", "lime,factory\nL1,F1\n");
        _folder.Write("shifts.csv", "name,start,end\na,08:00,16:00\nb,15:00,18:00\nc,16:00,24:00\n");
        _folder.Write("zone.csv", "zone\nZ\n");

        var reading = RegistryReader.ReadAll(_folder.Path);
        Assert.Equal(["D1", "D2", "D4"], reading.Registry.Devices.Select(static row => row.Device));
        Assert.Equal(new DayBounds(new DateOnly(2024, 2, 1), null), reading.Registry.Devices[1].Valid);
        Assert.Equal(["a", "c"], reading.Registry.Shifts.Select(static row => row.Name));
        Assert.Equal(
            [
                "lines  line: The column line (产线编号) is missing.",
                "devices 2 失效日期: \"x\" is not a date.",
                "devices 2 是否关键设备: \"maybe\" is neither true nor false.",
                "devices 2 生效日期: \"2024-02-30\" is not a date.",
                "devices 3 设备编号: 设备编号 is empty.",
                "devices 4 失效日期: \"2024-01-01\" is not after valid_from.",
                "devices 5 : The line has 7 fields, the heading 5.",
                "zones  : zone.csv is not a table of a registry.",
                "shifts 3 start: \"15:00\" begins the shift b, which overlaps the shift a of line 2.",
            ],
            reading.Issues([]).Select(static issue => $"{issue.Table} {issue.Location.Row} {issue.Location.Column}: {issue.Problem}"));
        Assert.All(reading.Issues([]), static issue => Assert.Equal((FindingSeverity.Error, FindingKind.Malformed), (issue.Severity, issue.Kind)));
    }

    [Fact]
    public void Findings_stand_where_their_rows_do()
    {
        _folder.Write("devices.csv", "device,产线编号,is_key\n\nbad,L1,perhaps\nD1,L1,1\n");
        _folder.Write("lines.csv", "line,factory\nL2,F1\n");
        var reading = RegistryReader.ReadAll(_folder.Path);
        var issue = reading.Issues(RegistryFindings.Of(reading.Registry)).Single(static issue => issue is { Table: "devices", Key: "D1" });
        Assert.Equal(new DataLocation(_folder.File("devices.csv"), "devices", "产线编号", Row: 4), issue.Location);
        Assert.Null(issue.Cell);
        Assert.Equal([FindingSeverity.Error, .. Enumerable.Repeat(FindingSeverity.Warning, 4)], reading.Issues(RegistryFindings.Of(reading.Registry)).Select(static found => found.Severity));
    }

    [Fact]
    public void Findings_of_workbooks_stand_in_cells()
    {
        RegistrySheet[] sheets =
        [
            new("产线", [(1, ["产线编号", "投产日期"]), (4, ["L1", "gestern"])]),
            new("班次", [(1, ["班次名称", "开始时间", "结束时间"]), (2, ["早班", "08:00", "9"])]),
            new("设备", [(1, ["设备编号", "产线编号"]), (3, ["D1", "L2"])]),
        ];
        var reading = RegistryReader.ReadAll(sheets, "r.xlsx");
        Assert.Equal(
            ["lines 产线 B4", "shifts 班次 C2", "devices 设备 B3"],
            reading.Issues(RegistryFindings.Of(reading.Registry)).Where(static issue => issue.Cell is not null).Select(static issue => $"{issue.Table} {issue.Location.Table} {issue.Cell}"));
    }

    [Fact]
    public void Sheets_under_Chinese_names_have_the_headings_of_their_table()
    {
        RegistrySheet[] sheets = [new("班次", [(1, ["班次名称", "开始时间", "结束时间"]), (2, ["早班", "08:00", "9:00"])]), new("项目", [(1, ["项目编号", "项目类别", "工厂编号"]), (2, ["P", "工厂级", "F"])])];
        Assert.Equal("早班", Assert.Single(RegistryReader.Read(sheets, "r.xlsx").Shifts).Name);
    }

    [Fact]
    public void What_cannot_be_read_at_all_is_no_list_of_findings()
    {
        Assert.Throws<DirectoryNotFoundException>(() => RegistryReader.ReadAll(_folder.File("none")));
        Assert.Throws<ConfigurationException>(() => RegistryReader.ReadAll(_folder.Path));
        _folder.Write("lines.csv", "lime\nL1\n");
        Assert.Contains("line", Assert.Throws<ConfigurationException>(() => RegistryReader.ReadAll(_folder.Path)).Problem, StringComparison.Ordinal);
        _folder.Write("lines.csv", "line\n");
        Assert.Empty(RegistryReader.ReadAll(_folder.Path).Issues([]));
    }

    [Fact]
    public void Findings_are_written_as_table_JSON_and_CSV()
    {
        _folder.Write("devices.csv", "device,line\nD1,\n\"D,2\",L1\n");
        var reading = RegistryReader.ReadAll(_folder.Path);
        var issues = reading.Issues(RegistryFindings.Of(reading.Registry));
        Assert.Equal("0 errors, 3 warnings, 0 notices", RegistryIssueWriter.Summary(issues));

        var table = Write(RegistryIssueFormat.Table);
        Assert.Contains("warning   devices  line 2, line  Device D1 stands on no line", table, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Write(RegistryIssueFormat.Json));
        Assert.Equal(3, json.RootElement.GetProperty("warnings").GetInt32());
        var first = json.RootElement.GetProperty("findings")[1];
        Assert.Equal(
            ["severity", "kind", "table", "file", "sheet", "batch", "row", "column", "cell", "key", "problem", "advice"], first.EnumerateObject().Select(static property => property.Name));
        Assert.Equal((2, JsonValueKind.Null, "gap"), (first.GetProperty("row").GetInt32(), first.GetProperty("cell").ValueKind, first.GetProperty("kind").GetString()));
        var csv = Write(RegistryIssueFormat.Csv).Split('\n');
        Assert.Equal("\uFEFFseverity,kind,table,file,sheet,batch,row,column,cell,key,problem,advice", csv[0]);
        Assert.Contains(",3,line,,\"D,2\",", csv[3], StringComparison.Ordinal);
        Assert.Equal("nothing found\n", Encoding.UTF8.GetString(Bytes(RegistryIssueFormat.Table, [])));

        string Write(RegistryIssueFormat format) => Encoding.UTF8.GetString(Bytes(format, issues));
    }

    private static byte[] Bytes(RegistryIssueFormat format, IReadOnlyList<RegistryIssue> issues)
    {
        using var stream = new MemoryStream();
        new RegistryIssueWriter(format).Write(issues, stream);
        return stream.ToArray();
    }
}
