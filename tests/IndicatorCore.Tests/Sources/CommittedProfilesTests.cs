using System.Text.RegularExpressions;
using IndicatorCore.Indicators;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Adapters.Csv;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Sources;

public sealed class CommittedProfilesTests
{
    private static readonly string s_folder = Path.Combine(Shared.Repository, "data", "profiles");

    [Theory]
    [InlineData("coverage-a", -105, -3)]
    [InlineData("coverage-b", -95, 0)]
    [InlineData("coverage-c", -85, 3)]
    public void Coverage_profiles_set_their_thresholds_alone(string name, int rsrp, int sinr)
    {
        var profile = DefinitionProfileReader.Read(Path.Combine(s_folder, $"{name}.json"));
        Assert.Equal(
            DefinitionProfile.TestNoFloor with { Name = name, RsrpThreshold = rsrp * 1_000_000L, SinrThreshold = sinr * 1_000_000L },
            profile);
    }

    [Theory]
    [InlineData("cicv5g", "telemetry")]
    [InlineData("ucc", "radio")]
    [InlineData("steel", "energy")]
    [InlineData("garments", "production")]
    public void Source_profiles_name_their_table(string name, string table)
    {
        var profile = SourceProfile.Load(Path.Combine(s_folder, $"{name}.json"));
        Assert.Equal(name, profile.Name);
        Assert.Equal(table, profile.For("any.csv").Table);
        Assert.Equal(profile.ToJson(), SourceProfile.Parse(profile.ToJson(), "again").ToJson());
    }

    [Fact]
    public void The_examples_of_the_readme_are_profiles()
    {
        var readme = File.ReadAllText(Path.Combine(s_folder, "README.md"));
        var examples = Regex.Matches(readme, "```jsonc\n(.*?)```", RegexOptions.Singleline).Select(static match => match.Groups[1].Value).ToArray();
        Assert.Equal(2, examples.Length);
        var source = SourceProfile.Parse(examples[0], "README.md");
        Assert.Equal("probe", source.For("ping_1.csv").Table);
        Assert.Equal("radio", source.For("other.csv").Table);
        Assert.Equal(-95_000_000, DefinitionProfileReader.Parse(examples[1], "README.md").RsrpThreshold);
    }

    [Fact]
    public void The_sample_has_an_outage_that_reads_as_zero_dBm()
    {
        var imported = Imported.Of(
            SourceProfile.Load(Path.Combine(s_folder, "cicv5g.json")),
            Path.Combine(Shared.Repository, "data", "real-sample", "cicv5g_rural_outage_400.csv"));
        Assert.Equal(400, imported.Rows.Count);
        Assert.Empty(imported.Quarantined);
        Assert.Equal(239, imported.Rows.Count(static row => row["cell"] is null));
        Assert.All(imported.Rows, static row => Assert.Equal(row["cell"] is null, row["rsrp_dbm"] == "0"));
    }
}
