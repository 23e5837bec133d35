using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.StateFiles;

/// <summary>State that is kept more finely than a report needs gives the same report; what is not held is refused.</summary>
public sealed class StateGrainTests(EngineLawsTests.Province province) : IClassFixture<EngineLawsTests.Province>
{
    [Theory]
    [InlineData(StatePanes.Day, false, false)]
    [InlineData(StatePanes.Hour, false, false)]
    [InlineData(StatePanes.Day, true, false)]
    [InlineData(StatePanes.Day, false, true)]
    [InlineData(StatePanes.Hour, true, true)]
    public void A_finer_grain_gives_the_same_report(StatePanes panes, bool byDevice, bool byProduct)
    {
        var query = province.Query with { Grain = new StateGrain { Panes = panes, ByDevice = byDevice, ByProduct = byProduct } };
        Reports.AssertSame(Reports.OfFiles(province.Query, [.. province.Files]), Reports.OfFiles(query, [.. province.Files]));
    }

    [Theory]
    [InlineData("city", Window.Month)]
    [InlineData("factory", Window.All)]
    [InlineData("line", Window.Day)]
    public async Task One_state_answers_other_groups_and_windows(string level, Window window)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.state");
        using (var engine = new IndicatorEngine(province.Query with { GroupBy = [], Grain = StateGrain.For(province.Query) }))
        {
            Reports.ReadFiles(engine, [.. province.Files]);
            using var output = File.Create(path);
            engine.SaveState(output);
        }

        var asked = province.Query with { GroupBy = [level], Window = window, AsOf = new DateTimeOffset(2024, 11, 2, 0, 0, 0, TimeSpan.FromHours(8)) };
        var grain = (await StateFileInfo.ReadAsync(path)).Grain;
        using var other = new IndicatorEngine(asked with { Grain = grain });
        await other.MergeStateAsync(path);
        Reports.AssertSame(Reports.OfFiles(asked, [.. province.Files]), other.Finish());
    }

    [Theory]
    [InlineData("device")]
    [InlineData("product")]
    [InlineData("hour")]
    [InlineData("from")]
    [InlineData("select")]
    public void What_is_finer_than_the_state_is_refused_with_the_reason(string what)
    {
        var grain = StateGrain.For(province.Query) with { Definitions = ["cov_sample@1", "knr@1"] };
        var query = province.Query with { Select = [], Grain = grain };
        var (asked, reason) = what switch
        {
            "device" => (query with { GroupBy = ["device"] }, "--by device"),
            "product" => (query with { GroupBy = ["factory,product"] }, "--by product"),
            "hour" => (query with { Window = Window.Hour }, "--window hour"),
            "from" => (query with { From = TimeBound.Parse("2024-02-01T05:30:00+08:00") }, "2024-02-01T05:30:00+08:00"),
            _ => (query with { Select = ["lat_p50"] }, "lat_p50"),
        };
        var fault = Assert.Throws<StateMismatchException>(() => new IndicatorEngine(asked));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        using var allowed = new IndicatorEngine(query with { GroupBy = ["city"], Window = Window.Week, Select = ["knr.sustained"] });
    }

    [Fact]
    public async Task A_part_of_the_indicators_may_be_asked_of_a_state()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.state");
        var query = province.Query with { Grain = StateGrain.For(province.Query) };
        using (var engine = new IndicatorEngine(query))
        {
            Reports.ReadFiles(engine, [.. province.Files]);
            using var output = File.Create(path);
            engine.SaveState(output);
        }

        var asked = province.Query with { Select = ["cov_sample", "eff_gain.labour", "knr"] };
        using var other = new IndicatorEngine(asked with { Grain = (await StateFileInfo.ReadAsync(path)).Grain });
        await other.MergeStateAsync(path);
        Reports.AssertSame(Reports.OfFiles(asked, [.. province.Files]), other.Finish());
    }
}
