using System.Text.Json;
using IndicatorCore.Indicators;

namespace IndicatorCore.Tests.Cli;

public sealed class CatalogVerbTests : IDisposable
{
    private readonly CommandRun _command = new()
    {
        Catalog =
        [
            new IndicatorDescription
            {
                Id = "eff_gain",
                ChineseName = "生产效率提升",
                EnglishName = "Efficiency gain",
                Formula = "√(E_P · E_L) − 1",
                Unit = "ratio",
                Needs = [new() { Source = "production", Required = ["interval_start", "line", "q_good"] }],
                State = "sums by line, product, day",
                Weights = "natural",
                PublicationRule = "28 production days a phase",
                Parts = ["eff_gain.paasche"],
                Sources = ["indicator-definitions 4"],
            },
        ],
    };

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task Json_has_every_field()
    {
        Assert.Equal(0, await _command.InvokeAsync("catalog", "--format", "json"));
        using var document = JsonDocument.Parse(_command.Out);
        var indicator = Assert.Single(document.RootElement.EnumerateArray());
        Assert.Equal("eff_gain@1", indicator.GetProperty("definition").GetString());
        Assert.Equal("生产效率提升", indicator.GetProperty("chinese_name").GetString());
        Assert.Equal("28 production days a phase", indicator.GetProperty("publication_rule").GetString());
    }

    [Theory]
    [InlineData("eff_gain")]
    [InlineData("eff_gain@1")]
    [InlineData("eff_gain.paasche")]
    public async Task One_indicator_is_found_by_id_definition_or_part(string id)
    {
        Assert.Equal(0, await _command.InvokeAsync("catalog", id));
        Assert.Contains("√(E_P · E_L) − 1", _command.Out, StringComparison.Ordinal);
        Assert.Contains("indicator-definitions 4", _command.Out, StringComparison.Ordinal);
        Assert.Equal(0, await _command.InvokeAsync("catalog", id, "--format", "json"));
        Assert.StartsWith("{\"id\":\"eff_gain\"", _command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markdown_and_table_have_a_row_an_indicator()
    {
        Assert.Equal(0, await _command.InvokeAsync("catalog", "--format", "markdown"));
        Assert.Equal(3, _command.Out.Count(static c => c == '\n'));
        Assert.Equal(0, await _command.InvokeAsync("catalog"));
        Assert.Contains("eff_gain@1  生产效率提升  Efficiency gain", _command.Out, StringComparison.Ordinal);
    }
}
