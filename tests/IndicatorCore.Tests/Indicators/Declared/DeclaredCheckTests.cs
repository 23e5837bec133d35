using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Declared;
using IndicatorCore.Registry;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.Declared;

public class DeclaredCheckTests
{
    [Fact]
    public void W28_declared_above_the_measured_interval_is_overstated()
    {
        var figure = Judge("生产效率提升", "30%以上", Gain(0.0954, 0.04, 0.15));
        Assert.Equal((DeclaredVerdict.Overstated, "pp"), (figure.Verdict, figure.DifferenceUnit));
        Assert.Equal(20.46, figure.Difference);
        Assert.Equal("eff_gain", figure.Indicator);
    }

    [Fact]
    public void W28_a_suppressed_measurement_verifies_nothing()
    {
        var row = Gain(null) with { Status = ResultStatus.Suppressed, Reason = ResultReason.TooFewDays };
        var figure = Judge("eff_gain", "30%以上", row);
        Assert.Equal((DeclaredVerdict.Unverifiable, DeclaredObstacle.Suppressed), (figure.Verdict, figure.Obstacle));
        Assert.Null(figure.Difference);
        Assert.Equal("0.3", figure.Value.ToString());
    }

    /// <summary>A gain of 9.54 % with the interval 4 % to 15 %.</summary>
    [Theory]
    [InlineData("9.54%", "Consistent")]
    [InlineData("15%", "Consistent")]       // ends belong to the interval
    [InlineData("4%", "Consistent")]
    [InlineData("15.01%", "Overstated")]
    [InlineData("3.99%", "Understated")]
    [InlineData("约16%", "Overstated")]
    [InlineData("5%以上", "Consistent")]     // the measured value is above
    [InlineData("3%以上", "Consistent")]
    [InlineData("12%以上", "Consistent")]    // 12 to 15 is in the interval
    [InlineData("15%以上", "Consistent")]    // 以上 includes its number
    [InlineData("超过15%", "Overstated")]    // 超过 does not
    [InlineData("30%以上", "Overstated")]
    [InlineData("4%以下", "Consistent")]
    [InlineData("不足4%", "Understated")]
    [InlineData("2%以下", "Understated")]
    [InlineData("20%以下", "Consistent")]
    [InlineData("12%~20%", "Consistent")]
    [InlineData("16%~20%", "Overstated")]
    [InlineData("1%~3%", "Understated")]
    [InlineData("提升30%", "Overstated")]
    [InlineData("下降5%", "Understated")]    // a fall of a gain is a negative gain
    [InlineData("降低5%以上", "Understated")]
    [InlineData("0.1", "Consistent")]       // a ratio below 1 needs no sign
    [InlineData("三分之一", "Overstated")]
    public void A_gain_with_an_interval_is_judged_by_it(string text, string verdict) =>
        Assert.Equal(verdict, Judge("eff_gain", text, Gain(0.0954, 0.04, 0.15)).Verdict.ToString());

    /// <summary>36 of 40: 90 % exactly, no interval.</summary>
    [Theory]
    [InlineData("90%", "Consistent", 0.0)]
    [InlineData("92%", "Consistent", 2.0)]  // 2 points belong to the tolerance
    [InlineData("92.01%", "Overstated", 2.01)]
    [InlineData("88%", "Consistent", -2.0)]
    [InlineData("87.99%", "Understated", -2.01)]
    [InlineData("92%以上", "Consistent", 2.0)]
    [InlineData("＞92%", "Consistent", 2.0)]
    [InlineData("93%以上", "Overstated", 3.0)]
    [InlineData("50%以上", "Consistent", 0.0)]
    [InlineData("不超过85%", "Understated", -5.0)]
    [InlineData("提升至95%", "Overstated", 5.0)]
    public void A_ratio_without_an_interval_may_be_two_points_off(string text, string verdict, double difference)
    {
        var figure = Judge("关键设备联网率", text, Ratio("knr", 36, 40));
        Assert.Equal((verdict, difference), (figure.Verdict.ToString(), figure.Difference));
    }

    [Theory]
    [InlineData("12台", "Consistent")]
    [InlineData("12", "Consistent")]
    [InlineData("13台", "Overstated")]
    [InlineData("11台", "Understated")]
    [InlineData("10台以上", "Consistent")]
    [InlineData("12台以上", "Consistent")]
    [InlineData("超过12台", "Overstated")]
    [InlineData("12余台", "Overstated")]
    [InlineData("10~12台", "Consistent")]
    [InlineData("约13台", "Overstated")]
    public void A_count_must_be_met(string text, string verdict) =>
        Assert.Equal(verdict, Judge("应用5G终端", text, Row("n_5g_terminals", 12, "1")).Verdict.ToString());

    [Theory]
    [InlineData("约102台", "Consistent")]    // 2 % of what was measured
    [InlineData("102台", "Overstated")]
    [InlineData("约103台", "Overstated")]
    [InlineData("约98台", "Consistent")]
    public void About_a_count_is_within_two_percent(string text, string verdict) =>
        Assert.Equal(verdict, Judge("n_5g_terminals", text, Row("n_5g_terminals", 100, "1")).Verdict.ToString());

    /// <summary>19.7 ms, where less is better.</summary>
    [Theory]
    [InlineData("20ms", "Consistent")]      // 19.7 rounds to 20
    [InlineData("0.02秒", "Consistent")]
    [InlineData("20.0ms", "Understated")]   // 19.7 is no 20.0
    [InlineData("19.7ms", "Consistent")]
    [InlineData("10ms", "Overstated")]
    [InlineData("30ms", "Understated")]
    [InlineData("20ms以内", "Consistent")]
    [InlineData("10ms以内", "Overstated")]
    [InlineData("不低于30ms", "Understated")]
    public void Where_less_is_better_a_smaller_figure_is_the_overstated_one(string text, string verdict) =>
        Assert.Equal(verdict, Judge("lat_p95", text, Row("lat_p95", 19.7, "ms")).Verdict.ToString());

    [Theory]
    [InlineData("降低15%", "Consistent")]
    [InlineData("15%", "Consistent")]
    [InlineData("降低20%以上", "Overstated")]
    [InlineData("提高15%", "Understated")]   // costs that rose
    [InlineData("下降10%", "Understated")]
    public void A_reduction_counts_falls_as_positive(string text, string verdict) =>
        Assert.Equal(verdict, Judge("生产成本降低", text, Row("cost_red", 0.15, "ratio")).Verdict.ToString());

    [Theory]
    [InlineData("knr", "提升30%", "ChangeOfLevel")]
    [InlineData("knr", "30个百分点", "UnitMismatch")]
    [InlineData("eff_gain", "提升30个百分点", "UnitMismatch")]
    [InlineData("knr", "95", "UnitMismatch")]
    [InlineData("knr", "1", "UnitMismatch")]
    [InlineData("knr", "12台", "UnitMismatch")]
    [InlineData("knr", "良好", "NotParsed")]
    public void What_is_not_comparable_is_not_compared(string indicator, string text, string obstacle)
    {
        var figure = Judge(indicator, text, indicator == "knr" ? Ratio("knr", 36, 40) : Gain(0.1));
        Assert.Equal((DeclaredVerdict.Unverifiable, obstacle), (figure.Verdict, figure.Obstacle.ToString()));
        Assert.Null(figure.Difference);
    }

    [Fact]
    public void Bounds_of_the_unmeasured_are_met_or_missed_by_two_points()
    {
        var row = Ratio("cov_grid", 90, 100) with { Low = 0.9, High = 0.9 };
        Assert.Equal(DeclaredVerdict.Consistent, Judge("5G网络覆盖率", "92%以上", row).Verdict);
        Assert.Equal(DeclaredVerdict.Overstated, Judge("5G网络覆盖率", "93%以上", row).Verdict);
        Assert.Equal(DeclaredVerdict.Consistent, Judge("5G网络覆盖率", "99%", row with { High = 1 }).Verdict);
    }

    [Theory]
    [InlineData("knr", "knr")]
    [InlineData("关键设备联网率", "knr")]
    [InlineData("关键设备联网率（%）", "knr")]
    [InlineData("5G网络覆盖率", "cov_grid")]
    [InlineData("5G 基站数量-宏站", "bs_macro")]
    [InlineData("eff_gain.labour", "eff_gain.labour")]
    [InlineData("OEE", "oee")]
    [InlineData("时延", null)]              // of which percentile?
    [InlineData("企业简介", null)]
    public void A_heading_means_an_indicator_or_none(string printed, string? id) => Assert.Equal(id, DeclaredCheck.IndicatorOf(printed));

    [Fact]
    public void Every_direction_and_change_of_the_catalogue_is_as_listed()
    {
        Assert.Equal(
            "cost_per_100_revenue dq_timeliness energy_intensity energy_kwh jitter lat_p50 lat_p95 lat_p99 loss mttr scrap",
            string.Join(' ', IndicatorCatalog.All.Where(static one => one.Direction == IndicatorDirection.LowerIsBetter).Select(static one => one.Id.Split('.')[0]).Distinct()));
        Assert.Equal(
            "cost_red=Decrease eff_gain=Increase",
            string.Join(' ', IndicatorCatalog.All.Where(static one => one.Change != IndicatorChange.None).Select(static one => $"{one.Id.Split('.')[0]}={one.Change}").Distinct()));
    }

    [Fact]
    public void The_measured_side_is_by_factory_and_of_what_is_declared_alone()
    {
        var registry = Registries.Of("L1: A B C D") with { Declared = [new("F1", "关键设备联网率", "75%"), new("F2", "knr", "1%"), new("F1", "企业简介", "好")] };
        var query = DeclaredCheck.Measuring(Reports.NoFloor with { Registry = registry, GroupBy = ["province"] })!;
        Assert.Equal(["factory", "knr"], query.GroupBy.Concat(query.Select));
        var report = Reports.Of(query, ExportBuilder.Connectivity().Row("2024-03-01 08:00", "A", "nr").Row("2024-03-01 08:00", "B", "nr").Row("2024-03-01 08:00", "C", "nr"));
        var declared = DeclaredCheck.Compare(registry, report);
        Assert.Equal("企业简介", Assert.Single(declared.WithoutCounterpart).Indicator);
        Assert.Equal(["F1 Consistent None", "F2 Unverifiable NoRow"], declared.Figures.Select(static one => $"{one.Record.Factory} {one.Verdict} {one.Obstacle}"));
        Assert.Equal("knr@1", declared.Figures[0].Measured!.Definition);
        Assert.False(declared.HasOverstated);
    }

    [Fact]
    public void Nothing_declared_is_a_matter_of_configuration()
    {
        Assert.Contains("without a registry", Assert.Throws<ConfigurationException>(() => DeclaredCheck.Measuring(Reports.NoFloor)).Message, StringComparison.Ordinal);
        Assert.Throws<ConfigurationException>(() => DeclaredCheck.Measuring(Reports.NoFloor with { Registry = Registries.Of("L1: A") }));
        Assert.Null(DeclaredCheck.Measuring(Reports.NoFloor with { Registry = new IndicatorRegistry { Declared = [new("F1", "企业简介", "好")] } }));
        Assert.Throws<ArgumentException>(() => DeclaredCheck.Judge(new("F1", "企业简介", "好"), null));
        Assert.Throws<ArgumentException>(() => DeclaredCheck.Judge(new("F1", "knr", "90%"), Gain(0.1)));
    }

    private static DeclaredFigure Judge(string indicator, string text, IndicatorRow row) => DeclaredCheck.Judge(new DeclaredRecord("F1", indicator, text), row);

    private static IndicatorRow Gain(double? value, double? low = null, double? high = null) => Row("eff_gain", value, "ratio") with { Low = low, High = high };

    private static IndicatorRow Ratio(string id, long numerator, long denominator) =>
        Row(id, (double)numerator / denominator, "ratio") with { Numerator = numerator, Denominator = denominator };

    private static IndicatorRow Row(string id, double? value, string unit) =>
        new() { Indicator = id, Definition = $"{id}@1", Group = [new("factory", "F1")], Value = value, Unit = unit, Evidence = new() };
}
