using IndicatorCore.Errors;
using IndicatorCore.Programmes;

namespace IndicatorCore.Tests.Programmes;

public sealed class ProgrammeReaderTests
{
    private const string Whole = """
        {
          "id": "city-2025",
          "title": "市级汇总表",
          "scope": "factories",
          "industries": "liaoning",
          "deadlines": [{"name": "各县报送", "day": "2025-06-30"}],
          "rules": ["five_scenarios"],
          "also_needs": ["scenario_rule_5"],
          "sections": [{
            "heading": "市级汇总表", "rows": "factories",
            "fields": [
              {"heading": "序号", "rule": "ordinal"},
              {"heading": "企业", "columns": ["enterprise"], "required": true},
              {"heading": "联网率", "indicators": ["knr"], "format": "percent"},
            ],
          }],
        }
        """;

    [Fact]
    public void A_file_is_a_programme_like_the_others()
    {
        var form = SampleForms.Fill(ProgrammeReader.Parse(Whole, "city.json"), SampleForms.Registry, "2025-07-01");
        var table = form.Copies[0].Sections[0].Table!;
        Assert.Equal(["序号", "企业", "联网率"], table.Headings);
        Assert.Equal(["1", "沈阳装备001有限公司", "100.0%"], table.Rows[0].Select(static cell => cell.Text));
        Assert.Contains(form.Findings, static finding => finding.Problem.Contains("2025-06-30", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_may_change_the_columns_of_a_programme()
    {
        var programme = ProgrammeReader.Parse(
            """{"based_on": "national-2024", "sections": [{"heading": "表", "rows": "factories", "fields": [{"heading": "市", "columns": ["city"]}]}]}""", "own.json");
        Assert.Equal("national-2024", programme.Id);
        Assert.Equal(3, programme.Deadlines.Count);
        Assert.Equal("市", Assert.Single(programme.Sections[0].Fields).Heading);
    }

    [Theory]
    [InlineData("\"knr\"", "\"knrr\"", "sections[0].fields[2].indicators[0] is no indicator", "knr")]
    [InlineData("\"ordinal\"", "\"ordinary\"", "sections[0].fields[0].rule", "ordinal")]
    [InlineData("\"required\"", "\"requires\"", "\"requires\" is not a key of sections[0].fields[1]", "required")]
    [InlineData("\"2025-06-30\"", "\"30.6.2025\"", "deadlines[0].day is not a date", "2024-03-05")]
    [InlineData("\"rows\": \"factories\",", "", "without rows of factories", "scope")]
    [InlineData("\"id\": \"city-2025\",", "", "has no \"id\"", "Add")]
    public void A_fault_names_its_place_in_the_file(string good, string bad, string problem, string advice)
    {
        var fault = Assert.Throws<ConfigurationException>(() => ProgrammeReader.Parse(Whole.Replace(good, bad, StringComparison.Ordinal), "city.json"));
        Assert.Contains(problem, fault.Problem, StringComparison.Ordinal);
        Assert.Contains(advice, fault.Advice, StringComparison.Ordinal);
        Assert.Equal("city.json", fault.Location.File);
    }

    [Fact]
    public void Names_of_fields_are_their_own_within_a_programme() => Assert.Empty(
        from programme in ProgrammeCatalog.All
        where programme.Scope is ProgrammeScope.Factory && programme.Id != "national-library"
        from name in programme.Sections.SelectMany(static section => section.AllFields).GroupBy(static field => field.Name)
        where name.Count() > 1 && name.Key is not "序号"
        select $"{programme.Id} {name.Key}");
}
