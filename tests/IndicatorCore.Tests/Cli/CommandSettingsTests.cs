namespace IndicatorCore.Tests.Cli;

public sealed class CommandSettingsTests : IDisposable
{
    private readonly CommandRun _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task The_command_line_wins_over_variables_and_these_over_the_file()
    {
        _command.Write("indicators.json", """{"threads": 1, "tz": "UTC", /* a comment */ "dedup": "none", "by": ["city", "factory"],}""");
        _command.Variables["INDICATORS_THREADS"] = "2";
        _command.Variables["INDICATORS_DEDUP"] = "rows";
        Assert.Equal((0, string.Empty), (await _command.InvokeAsync("run", "a.arrow", "--threads", "3"), _command.Error));
        var query = _command.Engine.Query!;
        Assert.Equal((3, "UTC", IndicatorCore.Indicators.DedupPolicy.Rows), (query.Threads, query.TimeZone, query.Dedup));
        Assert.Equal(["city", "factory"], query.GroupBy);
        Assert.Equal(0, await _command.InvokeAsync("run", "a.arrow", "--by", "line"));
        Assert.Equal(["line"], _command.Engine.Query!.GroupBy);
        Assert.Equal(2, _command.Engine.Query!.Threads);
    }

    [Fact]
    public async Task A_section_of_a_verb_concerns_that_verb_alone()
    {
        _command.Write("indicators.json", """{"format": "json", "run": {"format": "csv", "where": {"factory": "F001"}, "quiet": true}}""");
        Assert.Equal((0, string.Empty), (await _command.InvokeAsync("run", "a.arrow"), _command.Error));
        Assert.StartsWith("indicator,", _command.Out, StringComparison.Ordinal);
        Assert.Equal(KeyValuePair.Create("factory", "F001"), Assert.Single(_command.Engine.Query!.Where));
        _command.Catalog = [];
        Assert.Equal(0, await _command.InvokeAsync("catalog"));
        Assert.Equal("[]\n", _command.Out);
    }

    [Fact]
    public async Task Lists_in_variables_are_separated_by_semicolons()
    {
        _command.Variables["INDICATORS_BY"] = "city,industry;factory";
        Assert.Equal((0, string.Empty), (await _command.InvokeAsync("run", "a.arrow"), _command.Error));
        Assert.Equal(["city,industry", "factory"], _command.Engine.Query!.GroupBy);
    }

    [Theory]
    [InlineData("""{"thread": 1}""", "there is no option 'thread'. Did you mean threads?")]
    [InlineData("""{"run": {"thread": 1}}""", "section run: there is no option 'thread'. Did you mean threads?")]
    [InlineData("[1]", "no JSON object")]
    [InlineData("{", "is no JSON: line 1")]
    [InlineData("""{"threads": {"a": 1}}""", "'threads' must be a text, number")]
    [InlineData("""{"window": "fortnight"}""", "from indicators.json or a variable INDICATORS_*: Argument 'fortnight' not recognized")]
    public async Task Mistakes_in_the_file_are_usage_errors(string json, string message)
    {
        _command.Write("indicators.json", json);
        Assert.Equal(2, await _command.InvokeAsync("run", "a.arrow"));
        Assert.Contains(message, _command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_that_is_no_option_is_warned_of()
    {
        _command.Variables["INDICATORS_TREADS"] = "2";
        Assert.Equal(0, await _command.InvokeAsync("run", "a.arrow"));
        Assert.Equal("warning: the variable INDICATORS_TREADS is no option of any verb\n", _command.Error);
    }
}
