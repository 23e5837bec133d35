using IndicatorCore.Cli.Exports;
using IndicatorCore.Columns;
using IndicatorCore.Indicators;
using IndicatorCore.Sources;

namespace IndicatorCore.Tests.Cli.Exports;

public class IndicatorReadinessTests
{
    [Theory]
    [InlineData("cost: period_start, amount_cny; optional element", "")]
    [InlineData("cost: period_start, q_good", "cost: q_good")]
    [InlineData("cost: period_start, amount_cny and element or line", "")]
    [InlineData("cost: period_start, element or product", "cost: element or product")]
    [InlineData("cost: x_h, amount_cny", "")]
    [InlineData("cost: amount_cny, and y_h or x_h (or *_s); optional z", "")]
    [InlineData("production: line, q_good", "production: line, q_good")]
    [InlineData("production: line, q_good (where cost has no q_good)", "production: line, q_good")]
    [InlineData("production: line, q_good (where cost has no line)", "")]
    public void Needs_are_read_as_the_catalogue_writes_them(string need, string missing)
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
        var indicator = IndicatorCatalog.All[0] with { Columns = [need, "registry: lines"] };
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
            Has = [.. TableCatalog.All.SelectMany(static table => table.Required.Concat(table.Optional))],
        };
        Assert.All(IndicatorReadiness.Of(IndicatorCatalog.All, [everything]), static readiness => Assert.Empty(readiness.Missing));
    }
}
