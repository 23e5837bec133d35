using IndicatorCore.Indicators;
using IndicatorCore.Registry;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.UserDefined;

/// <summary>What disclosure control keeps back of user-defined indicators, and of what is made of them.</summary>
public sealed class UserDisclosureTests
{
    // c: three enterprises alike by rows, one of which has nearly all energy
    private static readonly IndicatorRegistry s_registry = new()
    {
        Factories = [.. Enumerable.Range(0, 3).Select(static i => Registries.Factory($"F{i}") with { City = "c" })],
        Lines = [.. Enumerable.Range(0, 3).Select(static i => Registries.Line($"L{i}", factory: $"F{i}"))],
        Devices = [],
    };

    private static ExportBuilder Energy => ExportBuilder.Table("energy").Time("interval_start").Keys("line").Numbers("kwh", "q_good")
        .Row("2024-03-01 08:00", "L0", 100, 5).Row("2024-03-01 08:00", "L1", 1, 5).Row("2024-03-01 08:00", "L2", 1, 5);

    [Theory]
    [InlineData("", "PUBLISHED")]
    [InlineData(""", "disclosure": { "weight": "denominator" }""", "PUBLISHED")]
    [InlineData(""", "disclosure": { "weight": "rows" }""", "PUBLISHED")]
    [InlineData(""", "disclosure": { "weight": "numerator" }""", "SUPPRESSED(DISCLOSURE)")]
    public void A_definition_says_what_dominance_is_judged_by(string disclosure, string expected)
    {
        var report = Report($$"""{ "id": "intensity", "aggregate": "ratio", "numerator": "used", "denominator": "made"{{disclosure}} }""", "intensity");
        Assert.Equal(expected, report.Row("intensity", "city=c").StatusText());
    }

    [Fact]
    public void Nothing_tells_of_a_part_that_is_kept_back()
    {
        // the energy of L0 dominates; the pieces do not
        var report = Report("""{ "id": "sum", "combine": "used / made" }, { "id": "times", "combine": "sum * 1 - sum + made" }""", "sum", "times", "used", "made");
        Assert.Equal(("SUPPRESSED(DISCLOSURE)", "PUBLISHED"), (report.Row("used", "city=c").StatusText(), report.Row("made", "city=c").StatusText()));
        foreach (var id in new[] { "sum", "times" })
        {
            var row = report.Row(id, "city=c");
            Assert.Equal(("SUPPRESSED(DISCLOSURE)", null, null, null, null, ResultFlags.None), (row.StatusText(), row.Value, row.Numerator, row.Denominator, row.Evidence, row.Flags));
        }

        Assert.Equal("PUBLISHED", report.Row("sum", "factory=F0").StatusText());

        // nor where the parts are not shown themselves
        Assert.Equal("SUPPRESSED(DISCLOSURE)", Report("""{ "id": "sum", "combine": "used / made" }""", "sum").Row("sum", "city=c").StatusText());
    }

    [Fact]
    public void Built_in_figures_combine_with_own_ones()
    {
        var report = Report("""{ "id": "half", "combine": "energy_kwh / 2 - used" }""", "half", "energy_kwh");
        Assert.Equal("-50", report.Row("half", "factory=F0").Numerator.ToString());
        Assert.Equal(["energy_kwh@1", "used@1"], report.Row("half", "factory=F0").Evidence!.Additional.Single().Value.Texts!);
        Assert.Equal(1, report.Row("half", "factory=F0").Evidence!.Received);
    }

    private static IndicatorReport Report(string indicators, params string[] select) => Reports.Of(
        Reports.NoFloor with
        {
            Registry = s_registry,
            Profile = DefinitionProfile.TestNoFloor with { Name = "strict", ApplyDisclosure = true },
            UserDefined = UserIndicatorSet.Parse(
                $$"""
                { "table": "energy", "indicators": [
                  { "id": "used", "unit": "kWh", "aggregate": "sum", "column": "kwh" }, { "id": "made", "unit": "kWh", "aggregate": "sum", "column": "q_good" }, {{indicators}} ] }
                """,
                "test"),
            Select = select,
            GroupBy = ["city", "factory"],
        },
        Energy);
}
