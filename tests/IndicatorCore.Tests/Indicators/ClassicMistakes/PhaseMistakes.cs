using System.Globalization;
using IndicatorCore.Indicators;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.ClassicMistakes;

/// <summary>Classic mistakes with efficiency and cost, by the numbers of indicator-definitions 11.</summary>
public sealed class PhaseMistakes
{
    private static readonly DateTimeOffset s_newYear = DateTimeOffset.Parse("2025-01-01T00:00:00+08:00", CultureInfo.InvariantCulture);

    private static IndicatorQuery Query(string indicator) => Reports.NoFloor with
    {
        Select = [indicator],
        Window = Window.Default,
        Baseline = (TimeBound.Parse("2024-01-01"), TimeBound.Parse("2024-02-01")),
        After = (TimeBound.Parse("2024-02-01"), TimeBound.Parse("2024-03-01")),
    };

    [Fact]
    public void Mistake_11_a_shift_of_the_mix_is_no_loss()
    {
        var report = Reports.Of(Query("eff_gain"), Made(("X", 900, 300, 330, 100), ("Y", 100, 100, 330, 300)));
        Assert.Equal((0.1, -0.34), (Math.Round(report.Row("eff_gain").Value!.Value, 12), Math.Round(report.Row("eff_gain.pooled").Value!.Value, 12)));
        Assert.Contains("SIMPSON", report.Row("eff_gain").FlagText(), StringComparison.Ordinal);
        var cost = ExportBuilder.Cost().Row("2024-01-10 08:00", "L1", "X", "m", 10_000, 1_000).Row("2024-01-10 08:00", "L1", "Y", "m", 5_000, 100)
            .Row("2024-02-10 08:00", "L1", "X", "m", 1_800, 200).Row("2024-02-10 08:00", "L1", "Y", "m", 18_000, 400);
        Assert.Equal(0.1, Reports.Of(Query("cost_red"), cost).Row("cost_red").Value!.Value, 12);
    }

    [Fact]
    public void Mistake_12_each_line_has_a_baseline_of_its_own_go_live()
    {
        var registry = Registries.Of("L1:", "L2:") with { Lines = [Registries.Line("L1", "2024-03-01"), Registries.Line("L2", "2024-06-01")] };
        var export = ExportBuilder.Production();
        for (var day = new DateTime(2023, 3, 1); day.Year < 2025; day = day.AddDays(1))
        {
            foreach (var (line, goLive) in new[] { ("L1", new DateTime(2024, 3, 1)), ("L2", new DateTime(2024, 6, 1)) })
            {
                // each line gains a tenth from its own day on
                export.Row(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), line, "X", day < goLive ? 10 : 11, 2);
            }
        }

        var report = Reports.Of(
            Reports.NoFloor with { Registry = registry, Select = ["eff_gain"], Window = Window.Default, GroupBy = ["line", "factory"], AsOf = s_newYear }, export);
        Assert.All(["line=L1", "line=L2", "factory=F1"], group => Assert.Equal(0.1, report.Row("eff_gain", group).Value!.Value, 12));
        Assert.Equal("2024-03-31..2025-01-01", report.Row("eff_gain", "line=L1").WindowText());
        Assert.Equal("2024-07-01..2025-01-01", report.Row("eff_gain", "line=L2").WindowText());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(double.NaN)]
    public void Mistake_13_a_missing_cost_or_output_is_not_nothing(double? missing)
    {
        var cost = ExportBuilder.Cost().Row("2024-01-10 08:00", "L1", "X", "material", 1_000, 100).Row("2024-01-10 08:00", "L1", "X", "energy", 500, 100)
            .Row("2024-02-10 08:00", "L1", "X", "material", 1_000, 100).Row("2024-02-10 08:00", "L1", "X", "energy", missing, 100);
        Assert.Equal("SUPPRESSED(MATCHED_SHARE_LOW)", Reports.Of(Query("cost_red"), cost).Row("cost_red").StatusText());
        var output = ExportBuilder.Production().Row("2024-01-10 08:00", "L1", "X", 100, 10)
            .Row("2024-02-10 08:00", "L1", "X", 100, 10).Row("2024-02-11 08:00", "L1", "X", missing, 1);
        Assert.Equal(0.0, Reports.Of(Query("eff_gain"), output).Row("eff_gain").Value!.Value, 12);
    }

    [Fact]
    public void Mistake_20_the_change_of_a_rate_is_in_points()
    {
        // E_P 0.4444 and E_L 0.5161 differ by 7.2 points, and by 16 percent of the lesser
        var report = Reports.Of(Query("eff_gain"), Made(("X", 45, 45, 20, 25), ("Y", 55, 55, 80, 200)));
        Assert.Equal(0.0717, report.Row("eff_gain.laspeyres").Value!.Value - report.Row("eff_gain.paasche").Value!.Value, 4);
        Assert.DoesNotContain("STRUCTURE_CHANGED", report.Row("eff_gain").FlagText(), StringComparison.Ordinal);

        // 11.5 points, which are 11.8 percent of what is left
        var cost = ExportBuilder.Cost().Row("2024-01-10 08:00", "L1", "X", "m", 10_000, 1_000).Row("2024-01-10 08:00", "L1", "Y", "m", 5_000, 100)
            .Row("2024-02-10 08:00", "L1", "X", "m", 1_600, 200).Row("2024-02-10 08:00", "L1", "Y", "m", 20_000, 400);
        Assert.Contains("STRUCTURE_CHANGED", Reports.Of(Query("cost_red"), cost).Row("cost_red").FlagText(), StringComparison.Ordinal);
        Assert.Equal(
            report.Row("eff_gain.pooled").Value!.Value - report.Row("eff_gain").Value!.Value, report.Row("eff_gain.mix_effect").Value!.Value, 12);
    }

    [Fact]
    public void Mistake_29_a_padded_name_is_the_same_name()
    {
        var source = SourceProfile.Parse("""{ "table": "production", "columns": { "product": { "trim": true } } }""", "test");
        var padded = ExportBuilder.Production().Row("2024-01-10 08:00", "L1", "finishing", 100, 10).Row("2024-02-10 08:00", "L1", "finishing ", 120, 10);
        Assert.Equal("SUPPRESSED(MATCHED_SHARE_LOW)", Reports.Of(Query("eff_gain"), padded).Row("eff_gain").StatusText());
        Assert.Equal(0.2, Reports.Of(Query("eff_gain") with { Source = source }, padded).Row("eff_gain").Value!.Value, 12);

        // and whether it stands in a dictionary or in place
        var plain = ExportBuilder.Table("production").Time("interval_start").Column("line", ExportBuilder.Text).Column("product", ExportBuilder.Text)
            .Numbers("q_good", "labour_h").Row("2024-02-10 08:00", "L1", "finishing", 120, 10);
        var coded = ExportBuilder.Production().Row("2024-01-10 08:00", "L1", "finishing", 100, 10);
        Assert.Equal(0.2, Reports.Of(Query("eff_gain"), coded, plain).Row("eff_gain").Value!.Value, 12);
    }

    private static ExportBuilder Made(params (string Product, int Q0, int L0, int Q1, int L1)[] strata)
    {
        var export = ExportBuilder.Production();
        foreach (var (product, q0, l0, q1, l1) in strata)
        {
            export.Row("2024-01-10 08:00", "L1", product, q0, l0).Row("2024-02-10 08:00", "L1", product, q1, l1);
        }

        return export;
    }
}
