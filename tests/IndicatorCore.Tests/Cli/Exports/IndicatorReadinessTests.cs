using IndicatorCore.Cli.Exports;
using IndicatorCore.Columns;
using IndicatorCore.Indicators;
using IndicatorCore.Sources;

namespace IndicatorCore.Tests.Cli.Exports;

public class IndicatorReadinessTests
{
    [Theory]
    [InlineData("cost", "period_start,amount_cny", null, "")]
    [InlineData("cost", "period_start,q_good", null, "cost: q_good")]
    [InlineData("cost", "amount_cny+element|line", null, "")]
    [InlineData("cost", "element|product", null, "cost: element or product")]
    [InlineData("cost", "line+element|product", null, "cost: line and element or product")]
    [InlineData("production", "interval_start,q_good", null, "production: interval_start | production: q_good")]
    [InlineData("production", "q_good", "cost.q_good", "production: q_good")]
    [InlineData("production", "q_good", "cost.line", "")]
    public void What_no_input_has_is_named(string table, string required, string? lapsesWith, string missing)
    {
        var input = new InputInspection
        {
            Name = "cost.arrow",
            Container = "file",
            Bytes = 0,
            Schema = new Schema { Fields = [] },
            Batches = 0,
            Rows = 0,
            Compressions = [],
            Statistics = [],
            Feeds = ["cost"],
            Has = ["period_start", "line", "amount_cny", "x_s"],
        };
        var need = new IndicatorNeed { Source = table, Required = required.Split(','), LapsesWith = lapsesWith };
        var indicator = IndicatorCatalog.All[0] with { Needs = [need, new() { Source = IndicatorNeed.Registry, Required = ["lines"] }] };
        var readiness = Assert.Single(IndicatorReadiness.Of([indicator], [input]));
        Assert.True(readiness.NeedsRegistry);
        Assert.Equal(missing, string.Join(" | ", readiness.Missing));
    }

    [Fact]
    public void Every_need_of_the_catalogue_names_columns_that_exist()
    {
        var everything = new InputInspection
        {
            Name = "all.arrow",
            Container = "file",
            Bytes = 0,
            Schema = new Schema { Fields = [] },
            Batches = 0,
            Rows = 0,
            Compressions = [],
            Statistics = [],
            Feeds = [.. TableCatalog.All.Select(static table => table.Name)],
            Has = [.. TableCatalog.All.SelectMany(static table => table.Columns)],
        };
        Assert.All(IndicatorReadiness.Of(IndicatorCatalog.All, [everything]), static readiness => Assert.Empty(readiness.Missing));
    }
}
