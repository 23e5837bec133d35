using IndicatorCore.Office.Workbooks;
using IndicatorCore.Tests.Programmes;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Cli;

public sealed class FormVerbTests : IDisposable
{
    private static readonly string s_sample = Path.Combine(Shared.Repository, "data", "sample");
    private readonly CommandRun _command = new() { UsesRealEngine = true };
    private readonly string _registry;

    public FormVerbTests()
    {
        _registry = Directory.CreateDirectory(Path.Combine(_command.Folder, "registry")).FullName;
        SampleForms.CopyTo(_registry);
    }

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task The_list_names_every_programme()
    {
        Assert.Equal(0, await _command.InvokeAsync("form", "--list"));
        Assert.Equal(10, _command.Out.Split('\n').Count(static line => line.Contains("  ", StringComparison.Ordinal)) - 2);
        Assert.Contains("liaoning-zone", _command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_goes_to_a_file_in_the_format_of_its_name()
    {
        Assert.Equal(0, await Form("liaoning-2024", "--where", "factory=F001", "--out", "F001.xlsx"));
        Assert.Contains("checks:", _command.Error, StringComparison.Ordinal);
        var sheets = WorkbookReader.Read(Path.Combine(_command.Folder, "F001.xlsx"));
        Assert.Equal(["F001", "佐证", "填报检查"], sheets.Select(static sheet => sheet.Name));
        Assert.Contains(sheets[0].Rows, static row => row.Cells is ["关键设备联网率", "", "1"]);

        // the baseline comes from the factory's own go-live
        Assert.Contains(sheets[0].Rows, static row => row.Cells is ["报废率", "0.02", ..]);
    }

    [Fact]
    public async Task Strict_ends_with_5_where_a_check_does_not_hold()
    {
        Assert.Equal(5, await Form("grading", "--where", "factory=F002", "--strict", "--quiet"));
        Assert.Contains("2 of the twenty scenarios", _command.Out, StringComparison.Ordinal);
        Assert.Equal(0, await Form("directory", "--where", "factory=F001", "--strict"));
        Assert.Equal(5, await Form("national-2024", "--where", "factory=F001", "--as-of", "2024-09-17", "--strict"));
    }

    [Fact]
    public async Task The_directory_needs_no_export()
    {
        Assert.Equal(0, await _command.InvokeAsync("form", "directory", "--registry", _registry, "--format", "csv", "--quiet"));
        Assert.StartsWith("\uFEFF", _command.Out, StringComparison.Ordinal);
        Assert.Contains("2024,合计,,,2,3", _command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_programme_of_ones_own_is_filled_by_its_id()
    {
        _command.Write("own.json", """{"id": "own", "title": "表", "scope": "factories", "sections": [{"heading": "表", "rows": "factories", "fields": [{"heading": "市", "columns": ["city"]}]}]}""");
        Assert.Equal(0, await _command.InvokeAsync("form", "own", "--registry", _registry, "--programme-file", "own.json", "--format", "csv"));
        Assert.StartsWith("\uFEFF市\r\n沈阳\r\n", _command.Out, StringComparison.Ordinal);
        _command.Write("own.json", """{"id": "own", "titel": "表"}""");
        Assert.Equal(3, await _command.InvokeAsync("form", "own", "--registry", _registry, "--programme-file", "own.json"));
        Assert.Contains("Did you mean title?", _command.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--by: grading has figures by factory", "--by", "city")]
    [InlineData("--select: grading chooses", "--select", "knr")]
    [InlineData("--window: the fields of grading", "--window", "month")]
    [InlineData("--template takes", "--template", "x.pdf")]
    public async Task What_a_programme_decides_itself_is_a_usage_error(string message, string option, string value)
    {
        Assert.Equal(2, await Form("grading", option, value));
        Assert.Contains(message, _command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_of_a_run_are_a_workbook_too()
    {
        Assert.Equal(0, await _command.InvokeAsync("run", s_sample, "--registry", _registry, "--by", "factory", "--select", "knr", "--format", "xlsx", "--out", "r.xlsx"));
        Assert.Equal(14, WorkbookReader.Read(Path.Combine(_command.Folder, "r.xlsx"))[0].Rows.Count(static row => row.Cells[0] is "knr" or "indicator"));
    }

    private Task<int> Form(string programme, params string[] options) =>
        _command.InvokeAsync(["form", programme, s_sample, "--registry", _registry, .. options]);
}
