using IndicatorCore.Adapters.Results;
using IndicatorCore.Indicators;
using IndicatorCore.Registry;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>What is kept back of groups in which single enterprises would show (indicator-definitions 10.1, 10.2).</summary>
public sealed class DisclosureTests
{
    private static readonly DefinitionProfile s_strict = DefinitionProfile.TestNoFloor with { Name = "strict", ApplyDisclosure = true };

    private static IndicatorQuery Networking(IndicatorRegistry registry, params string[] levels) =>
        Reports.NoFloor with { Registry = registry, Select = ["knr"], GroupBy = levels, Profile = s_strict };

    [Theory]
    [InlineData("90 5 5", "SUPPRESSED(DISCLOSURE)")]
    [InlineData("50 50", "SUPPRESSED(DISCLOSURE)")]
    [InlineData("85 8 7", "PUBLISHED")]
    [InlineData("86 7 7", "SUPPRESSED(DISCLOSURE)")]
    [InlineData("3 3 3", "PUBLISHED")]
    public void W24_too_few_or_dominant_enterprises_are_kept_back(string devices, string expected)
    {
        var registry = Plants([.. devices.Split(' ').Select((count, i) => (City: "c", Enterprise: $"e{i}", Devices: int.Parse(count)))]);
        var report = Laws.Hold(Networking(registry, "city", "enterprise", "factory", "line"), Heard(registry));
        var row = report.Row("knr", "city=c");
        Assert.Equal(expected, row.StatusText());
        foreach (var kept in report.Rows.Where(static row => row.Reason == ResultReason.Disclosure))
        {
            Assert.Equal((null, null, null, null, null, null), (kept.Value, kept.Numerator, kept.Denominator, kept.Low, kept.High, kept.Evidence));
            Assert.Equal(ResultFlags.None, kept.Flags);
        }

        Assert.All(["knr.sustained", "n_unregistered"], part => Assert.Equal(expected, report.Row(part, "city=c").StatusText()));
        Assert.All(report.Rows.Where(static row => row.Group[0].Key != "city"), static row => Assert.NotEqual(ResultReason.Disclosure, row.Reason));
        Assert.Equal(expected, Laws.Hold(Networking(registry), Heard(registry)).Row("knr").StatusText());
        Assert.StartsWith("applied: at least 3 enterprises", report.Manifest.Disclosure, StringComparison.Ordinal);

        var open = Reports.Of(Networking(registry, "city") with { Profile = DefinitionProfile.TestNoFloor }, Heard(registry));
        Assert.Equal(("PUBLISHED", "not applied: profile test-no-floor"), (open.Row("knr", "city=c").StatusText(), open.Manifest.Disclosure));
    }

    [Fact]
    public void Factories_of_one_enterprise_are_one_and_a_factory_without_is_its_own()
    {
        var shared = Plants([("c", "e", 5), ("c", "e", 5), ("c", "f", 5)]);
        Assert.Equal("SUPPRESSED(DISCLOSURE)", Reports.Of(Networking(shared), Heard(shared)).Row("knr").StatusText());
        var unnamed = shared with { Factories = [.. shared.Factories.Select(static factory => factory with { Enterprise = null })] };
        Assert.Equal("15/15", Reports.Of(Networking(unnamed), Heard(unnamed)).Row("knr").Fraction());
    }

    [Fact]
    public void Without_a_registry_nothing_is_judged()
    {
        var samples = ExportBuilder.Radio().Times(3, "2024-03-01 08:00", "c", "NR", -90, 5);
        var report = Reports.Of(Reports.NoFloor with { Select = ["cov_sample"], Profile = s_strict }, samples);
        Assert.Equal(("3/3", "not applied: no registry"), (report.Row("cov_sample").Fraction(), report.Manifest.Disclosure));
    }

    [Fact]
    public void The_null_group_is_judged_like_any_other()
    {
        var registry = Plants([("c", "e", 3), ("c", "f", 3), ("c", "g", 3)]);
        var lost = registry with { Devices = [.. registry.Devices, .. Enumerable.Range(0, 9).Select(static i => Registries.Device($"lost{i}", "nowhere"))] };
        var report = Reports.Of(Networking(lost, "city"), Heard(lost));
        Assert.Equal("9/9", report.Row("knr", "city=c").Fraction());
        Assert.Equal("SUPPRESSED(DISCLOSURE)", report.Row("knr", "city=").StatusText());
        Assert.Equal("SUPPRESSED(DISCLOSURE)", report.Row("n_unregistered", "city=").StatusText());
    }

    [Fact]
    public void A_member_that_its_total_would_tell_takes_the_smallest_other_with_it()
    {
        var registry = Cities();
        var report = Laws.Hold(Networking(registry, "province", "city"), Heard(registry));
        Assert.Equal("31/31", report.Row("knr", "province=辽宁").Fraction());
        Assert.Equal("12/12", report.Row("knr", "city=large").Fraction());
        Assert.All(["few", "small"], city => Assert.Equal("SUPPRESSED(DISCLOSURE)", report.Row("knr", $"city={city}").StatusText()));
        Assert.EndsWith("1 figures suppressed by rule, 1 besides", report.Manifest.Disclosure, StringComparison.Ordinal);

        // without the total nothing can be subtracted
        var alone = Reports.Of(Networking(registry, "city"), Heard(registry));
        Assert.Equal("9/9", alone.Row("knr", "city=small").Fraction());
        Assert.Equal("SUPPRESSED(DISCLOSURE)", alone.Row("knr", "city=few").StatusText());
    }

    [Fact]
    public void A_park_that_cuts_across_cities_tells_no_more_than_they_do()
    {
        // park = few + small, so large + park = province, and province - large - small = few
        var registry = Cities();
        registry = registry with
        {
            Factories = [.. registry.Factories.Select(static factory => factory with { Parks = factory.City is "few" or "small" ? ["p"] : [] })],
        };
        var report = Laws.Hold(Networking(registry, "city", "park"), Heard(registry));
        Assert.All(["few", "small"], city => Assert.Equal("SUPPRESSED(DISCLOSURE)", report.Row("knr", $"city={city}").StatusText()));
        Assert.Equal("19/19", report.Row("knr", "park=p").Fraction());
        Assert.Equal("12/12", report.Row("knr", "park=").Fraction());
    }

    [Fact]
    public void Nothing_of_a_suppressed_figure_is_in_any_output()
    {
        // 777 rows and 41 networked of 47 devices: numbers that occur nowhere else
        var registry = Plants([("c", "e", 46), ("c", "f", 1)]);
        var export = ExportBuilder.Connectivity().Times(737, "2024-03-01 08:00", "D0-0", "nr");
        foreach (var device in registry.Devices.Skip(1).Take(40))
        {
            export.Row("2024-03-01 09:00", device.Device, "nr");
        }

        var report = Reports.Of(Networking(registry) with { Profile = DefinitionProfile.CnNrA }, export);
        foreach (var writer in new IResultWriter[] { new JsonResultWriter(), new NdjsonResultWriter(), new CsvResultWriter(), new MarkdownResultWriter(), new TableResultWriter() })
        {
            using var output = new MemoryStream();
            writer.Write(report with { Manifest = report.Manifest with { Inputs = [], Rows = 0, EngineVersion = "x" } }, output);
            var text = System.Text.Encoding.UTF8.GetString(output.ToArray());
            Assert.Contains("DISCLOSURE", text, StringComparison.Ordinal);
            Assert.All(["777", "41", "47", "0.87"], secret => Assert.DoesNotContain(secret, text.Replace(report.Manifest.RowDigest, string.Empty, StringComparison.Ordinal), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Gains_are_judged_on_the_matched_input_of_the_after_phase()
    {
        var registry = Plants([("c", "e", 1), ("c", "f", 1), ("c", "g", 1)]);
        var query = Networking(registry, "city") with
        {
            Select = ["eff_gain"],
            Window = Window.Default,
            Baseline = (TimeBound.Parse("2024-01-01"), TimeBound.Parse("2024-02-01")),
            After = (TimeBound.Parse("2024-02-01"), TimeBound.Parse("2024-03-01")),
        };
        ExportBuilder Made(double last, string product) => ExportBuilder.Production()
            .Row("2024-01-10 08:00", "L0", "X", 10, 10).Row("2024-02-10 08:00", "L0", "X", 12, 10)
            .Row("2024-01-10 08:00", "L1", "X", 10, 500).Row("2024-02-10 08:00", "L1", "X", 12, 10)
            .Row("2024-01-10 08:00", "L2", "X", 10, 10).Row("2024-02-10 08:00", "L2", product, 12, last);
        Assert.Equal("PUBLISHED", Laws.Hold(query, Made(10, "X")).Row("eff_gain.paasche", "city=c").StatusText().Split('_')[0]);

        // 2 of 3 matched: unmatched input counts for nobody, much input before either
        Assert.All(
            Laws.Hold(query, Made(1, "Y")).Rows,
            static row => Assert.Equal(("SUPPRESSED(DISCLOSURE)", null), (row.StatusText(), row.Evidence)));
        Assert.Equal("SUPPRESSED(DISCLOSURE)", Laws.Hold(query, Made(200, "X")).Row("eff_gain", "city=c").StatusText());
    }

    [Fact]
    public void Nothing_is_kept_back_from_what_disclosure_weighs()
    {
        // these are no floors of figures
        string[] others = [nameof(DefinitionProfile.MinimumCellSamples), nameof(DefinitionProfile.MinimumPhaseDays), nameof(DefinitionProfile.MinimumIntervalDays), nameof(DefinitionProfile.MinimumEnterprises)];
        var open = DefinitionProfile.CnNrA.WithoutFloors();
        foreach (var property in typeof(DefinitionProfile).GetProperties().Where(static property => property.Name.StartsWith("Minimum", StringComparison.Ordinal)))
        {
            Assert.True(others.Contains(property.Name) || property.GetValue(open) is 0, $"{property.Name} stays a floor in WithoutFloors");
        }

        Assert.All(
            typeof(DefinitionProfile).GetProperties().Where(static property => property.Name.StartsWith("Apply", StringComparison.Ordinal)),
            property => Assert.Equal(false, property.GetValue(open)));
    }

    [Fact]
    public void Figures_of_definition_files_are_judged_too()
    {
        var registry = Plants([("few", "e", 1), ("few", "f", 1), ("c", "g", 1), ("c", "h", 1), ("c", "i", 1)]);
        var own = UserIndicatorSet.Parse(
            """{ "indicators": [{ "id": "n_rows", "zh": "行数", "en": "rows", "table": "energy", "aggregate": "count" }, { "id": "top", "zh": "最大", "en": "most", "table": "energy", "aggregate": "max", "column": "kwh" }] }""", "test");
        var energy = ExportBuilder.Table("energy").Time("interval_start").Keys("line").Numbers("kwh");
        foreach (var line in registry.Lines)
        {
            energy.Times(3, "2024-03-01 08:00", line.Line, 5);
        }

        var report = Laws.Hold(Networking(registry, "city") with { Select = ["n_rows", "top", "energy_kwh"], UserDefined = own }, energy);
        Assert.All(["n_rows", "top", "energy_kwh"], indicator => Assert.Equal(("SUPPRESSED(DISCLOSURE)", null), (report.Row(indicator, "city=few").StatusText(), report.Row(indicator, "city=few").Evidence)));
        Assert.Equal((9, 5, 45), (report.Row("n_rows", "city=c").Value, report.Row("top", "city=c").Value, report.Row("energy_kwh", "city=c").Value));
        var shown = report.Tables.SelectMany(static table => table.Columns.Select(column => column.Values.ToArray())).ToList();
        Assert.All(shown, static values => Assert.Equal([false, true], values.Select(double.IsNaN)));
    }

    private static IndicatorRegistry Cities() => Plants(
    [
        ("few", "a", 5), ("few", "b", 5), ("small", "c", 3), ("small", "d", 3), ("small", "e", 3), ("large", "f", 4), ("large", "g", 4), ("large", "h", 4),
    ]);

    /// <summary>One factory and line an entry, with key devices.</summary>
    private static IndicatorRegistry Plants((string City, string Enterprise, int Devices)[] plants) => new()
    {
        Factories = [.. plants.Select(static (plant, i) => new FactoryRecord { Factory = $"F{i}", Enterprise = plant.Enterprise, City = plant.City, Province = "辽宁" })],
        Lines = [.. plants.Select(static (_, i) => Registries.Line($"L{i}", factory: $"F{i}"))],
        Devices = [.. plants.SelectMany(static (plant, i) => Enumerable.Range(0, plant.Devices).Select(device => Registries.Device($"D{i}-{device}", $"L{i}")))],
    };

    private static ExportBuilder Heard(IndicatorRegistry registry) => registry.Devices.Aggregate(
        ExportBuilder.Connectivity(), static (export, device) => export.Row("2024-03-01 08:00", device.Device, "nr"));
}
