using IndicatorCore.Indicators;
using IndicatorCore.Registry;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.Definitions;

/// <summary>The average factory beside the group's own figure (indicator-definitions 1.9).</summary>
public sealed class FactoryAverageTests
{
    [Fact]
    public void Factories_count_alike_whatever_their_size()
    {
        // F1 99 of 100, F2 1 of 2, F3 none of 1: the group is 100/103, the mean (0.99 + 0.5 + 0) / 3, the median 0.5
        var report = Reports.Of(Query("cov_sample", "cov_sample.simple_mean", "cov_sample.median"), Samples());
        Assert.Equal("100/103", report.Row("cov_sample").Fraction());
        var mean = report.Row("cov_sample.simple_mean");
        Assert.Equal((double)(1.49m / 3), mean.Value!.Value, 15);
        Assert.Equal(("cov_sample.simple_mean@1", "PUBLISHED", "/", 3L), (mean.Definition, mean.StatusText(), mean.Fraction(), mean.Evidence!.Valid));
        Assert.Equal(0.5, report.Row("cov_sample.median").Value);
    }

    [Fact]
    public void They_come_only_by_name_and_only_above_factory()
    {
        Assert.DoesNotContain(Reports.Of(Query(), Samples()).Rows, static row => row.Indicator.Contains("simple_mean") || row.Indicator.Contains("median"));
        Assert.DoesNotContain(Reports.Of(Query("cov_sample"), Samples()).Rows, static row => row.Indicator != "cov_sample");
        Assert.Empty(Reports.Of(Query("cov_sample.median") with { GroupBy = ["factory"] }, Samples()).Rows);
    }

    [Fact]
    public void Suppressed_factories_do_not_enter_it()
    {
        var report = Reports.Of(Query("cov_sample.simple_mean") with { Profile = Reports.NoFloor.Profile with { MinimumCoverageSamples = 2 } }, Samples());
        var mean = report.Row("cov_sample.simple_mean");
        Assert.Equal((0.745, 2L, 1L), (Math.Round(mean.Value!.Value, 12), mean.Evidence!.Valid, mean.Evidence.Missing));
        Assert.Equal(
            "NOT_AVAILABLE(NO_DATA)",
            Reports.Of(Query("cov_sample.median") with { Profile = Reports.NoFloor.Profile with { MinimumCoverageSamples = 1_000 } }, Samples()).Row("cov_sample.median").StatusText());
    }

    [Fact]
    public void Projects_of_different_classes_are_never_mixed()
    {
        var query = Query("cov_sample.simple_mean") with { Registry = Registry("产线级", "产线级", "工厂级") };
        Assert.Equal("NOT_AVAILABLE(NO_COMMON_UNIT)", Reports.Of(query, Samples()).Row("cov_sample.simple_mean").StatusText());
        var byClass = Reports.Of(query with { GroupBy = ["class"] }, Samples());
        Assert.Equal(0.745, byClass.Row("cov_sample.simple_mean", "class=产线级").Value!.Value, 12);
        Assert.Equal(0.0, byClass.Row("cov_sample.simple_mean", "class=工厂级").Value);
    }

    [Fact]
    public void An_average_of_two_enterprises_discloses_them()
    {
        var query = Query("cov_sample.simple_mean") with { Profile = Reports.NoFloor.Profile with { ApplyDisclosure = true } };
        Assert.Equal("PUBLISHED", Reports.Of(query, Samples()).Row("cov_sample.simple_mean").StatusText());
        var two = ExportBuilder.Table("radio").Time("event_ts").Keys("factory").Numbers("rsrp_dbm", "sinr_db")
            .Row("2024-03-01 08:00", "F1", -80.0, 10.0).Row("2024-03-01 08:00", "F2", -80.0, 10.0);
        var row = Reports.Of(query, two).Row("cov_sample.simple_mean");
        Assert.Equal(("SUPPRESSED(DISCLOSURE)", null), (row.StatusText(), row.Evidence));
    }

    [Fact]
    public void The_order_of_factories_shows_nowhere()
    {
        var forwards = Reports.Of(Query("cov_sample.simple_mean", "cov_sample.median"), Samples());
        var backwards = Reports.Of(Query("cov_sample.simple_mean", "cov_sample.median"), Samples(backwards: true));
        Assert.Equal(forwards.Manifest.RowDigest, backwards.Manifest.RowDigest);
    }

    private static IndicatorQuery Query(params string[] select) => Reports.NoFloor with { Select = select, Registry = Registry(null, null, null) };

    private static IndicatorRegistry Registry(params string?[] classes) => new()
    {
        Factories = [.. classes.Select(static (name, i) => Registries.Factory($"F{i + 1}") with { Class = name })],
    };

    private static ExportBuilder Samples(bool backwards = false)
    {
        (string Factory, double Level, int Count)[] parts = [("F1", -80, 99), ("F1", -120, 1), ("F2", -80, 1), ("F2", -120, 1), ("F3", -120, 1)];
        var export = ExportBuilder.Table("radio").Time("event_ts").Keys("factory").Numbers("rsrp_dbm", "sinr_db");
        foreach (var (factory, level, count) in backwards ? parts.Reverse() : parts)
        {
            export.Times(count, "2024-03-01 08:00", factory, level, 10.0);
        }

        return export;
    }
}
