using IndicatorCore.Adapters.Registry;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.Definitions;

/// <summary>Figures that enterprises declare, passed through from the registry (indicator-definitions 7).</summary>
public sealed class EnterpriseFigureTests : IDisposable
{
    private const string Factories = """
        工厂编号,企业名称,市,全员劳动生产率（万元/人）,百元营业收入成本,生效日期,失效日期
        F1,甲公司,沈阳,35.25,84.6,,
        F2,甲公司,大连,35.250,85,,
        F3,乙公司,沈阳,约30,,,
        F4,丙公司,沈阳,,"1,084.5",,2024-03-02
        """;

    private readonly TemporaryFolder _folder = new();

    private IndicatorQuery Query { get; } = Reports.NoFloor with { Window = Window.Default, Select = ["labour_productivity", "cost_per_100_revenue"], GroupBy = ["enterprise"] };

    [Fact]
    public void Pass_through_at_enterprise_level()
    {
        var report = Report(Query, "2024-03-01");
        var row = report.Row("labour_productivity", "enterprise=甲公司");
        Assert.Equal((352_500.0, "352500/", "CNY/person", "PUBLISHED", "2024-03-01..2024-03-01"), (row.Value, row.Fraction(), row.Unit, row.StatusText(), row.WindowText()));
        Assert.Equal((2, 2), (row.Evidence!.Received, row.Evidence.Valid));
        Assert.Equal("1084.5/", report.Row("cost_per_100_revenue", "enterprise=丙公司").Fraction());
        Assert.Empty(report.RowsOf("labour_productivity", "enterprise=丙公司"));
        Assert.Empty(Report(Query, "2024-03-02").RowsOf("cost_per_100_revenue", "enterprise=丙公司"));
    }

    [Fact]
    public void Figures_that_differ_or_are_no_number_are_none()
    {
        var report = Report(Query, "2024-03-01");
        var differing = report.Row("cost_per_100_revenue", "enterprise=甲公司");
        Assert.Equal(("NOT_AVAILABLE(NO_DATA)", "CONFLICT", 1), (differing.StatusText(), differing.FlagText(), differing.Evidence!.Conflicts));
        var vague = report.Row("labour_productivity", "enterprise=乙公司");
        Assert.Equal(("NOT_AVAILABLE(NO_DATA)", 1), (vague.StatusText(), vague.Evidence!.Invalid));
    }

    [Fact]
    public void Other_levels_are_not_applicable_and_silent_unless_asked_for_by_name()
    {
        foreach (var level in new[] { "city", "factory", "enterprise,factory" })
        {
            var report = Report(Query with { GroupBy = [level] }, "2024-03-01");
            Assert.All(report.Rows, static row => Assert.Equal("NOT_AVAILABLE(GROUP_NOT_APPLICABLE)", row.StatusText()));
            Assert.NotEmpty(report.Rows);
            Assert.DoesNotContain(Report(Query with { GroupBy = [level], Select = [] }, "2024-03-01").Rows, static row => row.Indicator == "labour_productivity");
        }

        Assert.Contains(Report(Query with { Select = [] }, "2024-03-01").Rows, static row => row.Indicator == "labour_productivity");
        Assert.Equal("NOT_AVAILABLE(NO_REGISTRY)", Reports.Of(Query with { GroupBy = [] }, ExportBuilder.Energy().Row("2024-03-01 08:00", 1)).Row("labour_productivity").StatusText());
    }

    [Fact]
    public void A_calendar_window_looks_at_its_last_day()
    {
        var export = ExportBuilder.Energy().Row("2024-03-01 08:00", 1).Row("2024-03-02 08:00", 1);
        _folder.Write("factories.csv", System.Text.Encoding.UTF8.GetBytes(Factories));
        var rows = Reports.Of(Query with { Registry = RegistryReader.Read(_folder.Path), Window = Window.Day }, export).RowsOf("cost_per_100_revenue", "enterprise=丙公司");
        Assert.Equal(["2024-03-01..2024-03-02"], rows.Select(Reports.WindowText));
    }

    public void Dispose() => _folder.Dispose();

    private IndicatorReport Report(IndicatorQuery query, string asOf)
    {
        _folder.Write("factories.csv", System.Text.Encoding.UTF8.GetBytes(Factories));
        return Reports.Of(
            query with { Registry = RegistryReader.Read(_folder.Path), AsOf = DateTimeOffset.Parse($"{asOf}T00:00:00+08:00", System.Globalization.CultureInfo.InvariantCulture) },
            ExportBuilder.Energy().Row("2024-03-01 08:00", 1));
    }
}
