using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Registry;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>Figures of the registry: stations, scenarios, systems, security, zones (indicator-definitions 3.4, 8, 9).</summary>
public sealed class RegistryCountTests
{
    private static readonly string[] s_declared = ["机器视觉质检", "智能理货", "厂区智能理货", "现场辅助安装", "智能安防", "生产能效管控", "众包设计"];

    private static IndicatorQuery Query(IndicatorRegistry registry, params string[] select) =>
        Reports.NoFloor with { Registry = registry, Select = select, Window = Window.Default, AsOf = DateTimeOffset.Parse("2024-03-10T12:00:00+08:00") };

    // registry counts need an export only for its reference date, which --as-of gives here
    private static ExportBuilder Export => ExportBuilder.Connectivity().Row("2024-03-01 08:00", "D1", "nr").Row("2024-03-02 08:00", "D1", "nr").Row("2024-03-02 08:00", "D2", "nr");

    private static IndicatorReport Report(IndicatorQuery query) => Laws.Hold(query, Export);

    [Fact]
    public void W6_stations_per_10000_residents_leave_remote_units_out()
    {
        var registry = new IndicatorRegistry
        {
            Zones =
            [
                Zone("Z1", 250_000, ("宏站", "120"), ("微站", "80"), ("5G室分系统pRRU", "300")),
                Zone("country", 1_412_600_000, ("5G基站数量", "1425000")),
                Zone("empty", 0, ("宏站", "1")),
                Zone("unknown", null, ("宏站", "1")),
            ],
        };
        var report = Report(Query(registry, "bs_per_10k", "prru", "bs_macro") with { GroupBy = ["zone"] });
        var row = report.Row("bs_per_10k", "zone=Z1");
        Assert.Equal((8.0, "200/250000", "2024-03-10..2024-03-10"), (row.Value, row.Fraction(), row.WindowText()));
        Assert.Equal((300, 120), (report.Row("prru", "zone=Z1").Value, report.Row("bs_macro", "zone=Z1").Value));
        var country = report.Row("bs_per_10k", "zone=country");
        Assert.Equal(10.0878, country.Value!.Value, 4);
        Assert.Equal("10.1", country.Value.Value.ToString("F1", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("NOT_AVAILABLE(ZERO_DENOMINATOR)", report.Row("bs_per_10k", "zone=empty").StatusText());
        Assert.Equal("NOT_AVAILABLE(MISSING_COLUMN)", report.Row("bs_per_10k", "zone=unknown").StatusText());
        Assert.Equal("NOT_AVAILABLE(MISSING_COLUMN)", Report(Query(registry, "bs_per_10k")).Row("bs_per_10k").StatusText());
        var two = registry with { Zones = [.. registry.Zones.Take(2)] };
        Assert.Equal("1425200/1412850000", Report(Query(two, "bs_per_10k")).Row("bs_per_10k").Fraction());
    }

    [Fact]
    public void W15_scenarios_count_by_canonical_name()
    {
        var registry = Declared(s_declared);
        var report = Report(Query(registry, "scenario_count_declared", "scenario_rule_5"));
        Assert.Equal((4.0, "PUBLISHED"), (report.Row("scenario_count_declared").Value, report.Row("scenario_count_declared").StatusText()));
        Assert.Equal((0.0, "4/"), (report.Row("scenario_rule_5").Value, report.Row("scenario_rule_5").Fraction()));
        Assert.Equal(2, report.Row("scenario_count_declared.other").Value);

        var ambiguous = Report(Query(Declared([.. s_declared, "全域智能物流"]), "scenario_count_declared", "scenario_rule_5"));
        var row = ambiguous.Row("scenario_count_declared");
        Assert.Equal((4.0, "PUBLISHED_WITH_WARNING", "REVIEW"), (row.Value, row.StatusText(), row.FlagText()));
        Assert.Equal((0.0, "REVIEW"), (ambiguous.Row("scenario_rule_5").Value, ambiguous.Row("scenario_rule_5").FlagText()));
        Assert.Equal(1, Report(Query(Declared([.. s_declared, "无人智能巡检"]), "scenario_rule_5")).Row("scenario_rule_5").Value);
    }

    [Fact]
    public void The_twenty_are_twenty_and_a_name_of_the_longer_list_is_other()
    {
        Assert.Equal(20, ScenarioNames.Canonical.Distinct().Count());
        Assert.Equal((ScenarioDecision.Other, "众包设计"), ScenarioNames.Decide(" 众包 设计 "));
        Assert.Equal((ScenarioDecision.Other, "近红外线成像分析"), ScenarioNames.Decide("近红外线成像分析"));
        Assert.Equal((ScenarioDecision.AliasOf, "工艺合规校验"), ScenarioNames.Decide("工艺合规管理"));
        Assert.Equal((ScenarioDecision.Canonical, "生产现场监测"), ScenarioNames.Decide("生产现场监测"));
        Assert.Equal(20, ScenarioNames.Canonical.Count(static name => ScenarioNames.Decide(name) == (ScenarioDecision.Canonical, name)));
    }

    [Fact]
    public void W16_a_zone_score_is_the_sum_of_all_items_or_none()
    {
        Assert.Equal((25, 100), (ZoneTable.Items.Count, ZoneTable.Items.Sum(static item => item.Cap)));
        Assert.Equal([15, 25, 25, 20, 10, 5], ZoneTable.Items.GroupBy(static item => item.Group).Select(static group => group.Sum(static item => item.Cap)));
        var countable = ZoneTable.Items.Where(static item => item.IsCountable).ToList();
        Assert.Equal((13, 56), (countable.Count, countable.Sum(static item => item.Cap)));

        (string, string)[] points = [.. ZoneTable.Items.Select(static (item, i) => ($"{item.Name}得分", i == 0 ? "4.99" : $"{item.Cap}"))];
        var registry = new IndicatorRegistry { Zones = [Zone("whole", 1, points), Zone("part", 1, points[1..])] };
        var report = Report(Query(registry, "zone_score") with { GroupBy = ["zone"] });
        var whole = report.Row("zone_score", "zone=whole");
        Assert.Equal((99.99, "99.99", "PUBLISHED"), (whole.Value, whole.Numerator!.Value.ToString(), whole.StatusText()));
        var part = report.Row("zone_score", "zone=part");
        Assert.Equal((null, null, "NOT_AVAILABLE(NO_DATA)", "REVIEW"), (part.Value, part.Numerator, part.StatusText(), part.FlagText()));
        Assert.Equal("24/25", report.Row("zone_score.entered", "zone=part").Fraction());
        Assert.Equal((95, "REVIEW"), (report.Row("zone_score.partial", "zone=part").Value, report.Row("zone_score.partial", "zone=part").FlagText()));

        var above = new IndicatorRegistry { Zones = [Zone("Z", 1, ("5G基站数量得分", "6.01"))] };
        Assert.Throws<ConfigurationException>(() => Report(Query(above, "zone_score") with { GroupBy = ["zone"] }));
    }

    [Fact]
    public void Assets_count_once_by_id_while_they_are_in_force()
    {
        var registry = new IndicatorRegistry
        {
            Factories =
            [
                new FactoryRecord { Factory = "F1", City = "c", Zones = ["Z"], Additional = new Dictionary<string, string> { ["5G基站数量-宏站"] = "9", ["5G微站"] = "4" } },
                new FactoryRecord { Factory = "F2", City = "c", Additional = new Dictionary<string, string> { ["5G室外站"] = "7" } },
            ],
            Assets =
            [
                Asset("A", "宏站", "F1"), Asset("A", "macro", "F1"), Asset("B", "macro", "F1", to: "2024-03-10"), Asset("C", "macro", "F1", from: "2024-03-10"),
                Asset("D", "macro", "F1", from: "2024-03-11"), Asset("P", "pRRU", "F1"), Asset("E", "macro", null, zones: ["Y"]), Asset("G", "edge", "F9"),
            ],
        };
        var query = Query(registry, "bs_macro", "bs_micro", "prru", "edge_nodes");
        var report = Report(query with { GroupBy = ["factory", "city", "zone", "line"] });
        Assert.Equal((2, 7), (report.Row("bs_macro", "factory=F1").Value, report.Row("bs_macro", "factory=F2").Value));
        Assert.Equal((9, 4), (report.Row("bs_macro", "city=c").Value, report.Row("bs_micro", "city=c").Value));
        Assert.Equal((2, 1, 7), (report.Row("bs_macro", "zone=Z").Value, report.Row("bs_macro", "zone=Y").Value, report.Row("bs_macro", "zone=").Value));
        Assert.Equal((1, 1), (report.Row("prru", "factory=F1").Value, report.Row("edge_nodes", "factory=F9").Value));
        Assert.Equal(10, Report(query).Row("bs_macro").Value);
        Assert.Equal(11, Report(query with { AsOf = DateTimeOffset.Parse("2024-03-20T00:00:00+08:00") }).Row("bs_macro").Value);
        Assert.DoesNotContain(report.Rows, static row => row.Group[0].Key == "line");
    }

    [Fact]
    public void Registry_counts_follow_calendar_windows()
    {
        var registry = new IndicatorRegistry { Factories = [Registries.Factory("F1")], Assets = [Asset("A", "macro", "F1"), Asset("B", "macro", "F1", from: "2024-03-02")] };
        var report = Report(Query(registry, "bs_macro") with { Window = Window.Day });
        Assert.Equal([(1.0, "2024-03-01..2024-03-02"), (2.0, "2024-03-02..2024-03-03")], report.RowsOf("bs_macro").Take(2).Select(static row => (row.Value!.Value, row.WindowText())));
    }

    [Fact]
    public void Systems_of_one_box_are_one_code()
    {
        var registry = new IndicatorRegistry
        {
            Factories = [Registries.Factory("F1")],
            Systems = [.. new[] { "ERP", "erp系统", "PLM", "PDM", "PLM/PDM", "CAD", "CAM", "制造执行系统", "数字孪生平台", "数字孪生 平台" }.Select(static system => new SystemRecord { Factory = "F1", System = system })],
        };
        Assert.Equal(5, Report(Query(registry, "system_count") with { GroupBy = ["factory"] }).Row("system_count", "factory=F1").Value);
    }

    [Fact]
    public void Security_items_are_of_one_factory()
    {
        var registry = new IndicatorRegistry
        {
            Factories =
            [
                new FactoryRecord { Factory = "F1", City = "c", Additional = new Dictionary<string, string> { ["网络安全分级分类管理"] = "是", ["网络安全责任部门"] = "1", ["网络安全应急预案"] = "否" } },
                new FactoryRecord { Factory = "F2", City = "c", Additional = new Dictionary<string, string> { ["网络安全责任部门"] = "0" } },
                new FactoryRecord { Factory = "F3", City = "c" },
            ],
        };
        var report = Report(Query(registry, "security_items") with { GroupBy = ["factory", "city"] });
        Assert.Equal((2, 0), (report.Row("security_items", "factory=F1").Value, report.Row("security_items", "factory=F2").Value));
        Assert.Empty(report.RowsOf("security_items", "factory=F3"));
        Assert.Equal("NOT_AVAILABLE(GROUP_NOT_APPLICABLE)", report.Row("security_items", "city=c").StatusText());
    }

    [Fact]
    public void A_scenario_is_evidenced_by_a_bound_device_on_enough_days()
    {
        var registry = Registries.Of("L1: D1 D2 D3") with
        {
            Scenarios =
            [
                new ScenarioRecord { Factory = "F1", Scenario = "机器视觉质检", Devices = ["D1"] },
                new ScenarioRecord { Factory = "F1", Scenario = "智能理货", Devices = ["D3", "D2"] },
                new ScenarioRecord { Factory = "F1", Scenario = "生产能效管控", Devices = ["D3"] },
                new ScenarioRecord { Factory = "F1", Scenario = "设备故障诊断" },
                new ScenarioRecord { Factory = "F1", Scenario = "智能安防", Devices = ["D1"] },
            ],
        };
        var query = Query(registry, "scenario_count_evidenced", "scenario_count_declared") with { GroupBy = ["factory"] };
        var report = Report(query);
        Assert.Equal((2, 4), (report.Row("scenario_count_evidenced", "factory=F1").Value, report.Row("scenario_count_declared", "factory=F1").Value));
        Assert.Equal("2024-03-01..2024-03-10", report.Row("scenario_count_evidenced", "factory=F1").WindowText());
        var strict = Report(query with { Profile = query.Profile with { ScenarioDays = 2 } });
        Assert.Equal(1, strict.Row("scenario_count_evidenced", "factory=F1").Value);
    }

    [Fact]
    public void Figures_of_too_few_enterprises_are_kept_back_but_a_zones_own_are_not()
    {
        var registry = new IndicatorRegistry
        {
            Factories = [.. Enumerable.Range(0, 2).Select(static i => new FactoryRecord { Factory = $"F{i}", Enterprise = $"e{i}", Zones = ["Y", "Z"] })],
            Zones = [Zone("Z", 1000, ("宏站", "5"))],
            Assets = [Asset("A", "macro", "F0"), Asset("B", "macro", "F1")],
            Scenarios = [.. Enumerable.Range(0, 2).Select(static i => new ScenarioRecord { Factory = $"F{i}", Scenario = "机器视觉质检" })],
        };
        var query = Query(registry, "bs_macro", "bs_per_10k", "scenario_count_declared") with { GroupBy = ["zone"], Profile = DefinitionProfile.CnNrA };
        var report = Report(query);
        Assert.Equal("SUPPRESSED(DISCLOSURE)", report.Row("bs_macro", "zone=Y").StatusText());
        Assert.Equal("SUPPRESSED(DISCLOSURE)", report.Row("scenario_count_declared", "zone=Z").StatusText());
        Assert.Equal((5, 50), (report.Row("bs_macro", "zone=Z").Value, report.Row("bs_per_10k", "zone=Z").Value));
    }

    [Fact]
    public void Without_a_registry_or_the_table_a_count_that_is_asked_for_says_so()
    {
        Assert.Equal("NOT_AVAILABLE(NO_REGISTRY)", Report(Query(null!, "bs_macro")).Row("bs_macro").StatusText());
        Assert.Equal("NOT_AVAILABLE(MISSING_COLUMN)", Report(Query(new IndicatorRegistry(), "system_count")).Row("system_count").StatusText());
        Assert.DoesNotContain(
            Report(Query(new IndicatorRegistry()) with { GroupBy = ["factory"] }).Rows, static row => row.Indicator.StartsWith("zone_", StringComparison.Ordinal));
        var lines = Registries.Of("L1: D1") with { Systems = [new SystemRecord { Factory = "F1", System = "MES" }] };
        Assert.Equal("NOT_AVAILABLE(GROUP_NOT_APPLICABLE)", Report(Query(lines, "system_count") with { GroupBy = ["line"] }).Row("system_count", "line=L1").StatusText());
    }

    [Fact]
    public void Random_registries_agree_with_plain_sets_whatever_the_order_of_rows()
    {
        var seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();
        Prop.ForAll(seeds, Agrees).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    private static void Agrees(int seed)
    {
        var random = new Random(seed);
        string[] names = [.. ScenarioNames.Canonical.Take(6), .. s_declared, "全域智能物流", "新场景"];
        string[] kinds = ["macro", "微站", "pRRU", "edge", "other"];
        var factories = Enumerable.Range(0, random.Next(1, 5)).Select(i => new FactoryRecord { Factory = $"F{i}", City = $"c{random.Next(2)}" }).ToList();
        string Factory() => factories[random.Next(factories.Count)].Factory;
        DayBounds Days() => random.Next(3) > 0 ? DayBounds.Always : new DayBounds(new DateOnly(2024, 3, 8 + random.Next(3)), new DateOnly(2024, 3, 10 + random.Next(1, 3)));
        var assets = Enumerable.Range(0, random.Next(20))
            .Select(_ => new AssetRecord { Asset = $"A{random.Next(8)}", Kind = kinds[random.Next(kinds.Length)], Factory = Factory(), Valid = Days() }).ToArray();
        var scenarios = Enumerable.Range(0, random.Next(20))
            .Select(_ => new ScenarioRecord { Scenario = names[random.Next(names.Length)], Factory = Factory(), Valid = Days() }).ToArray();
        var registry = new IndicatorRegistry { Factories = factories, Assets = assets, Scenarios = scenarios };
        var query = Query(registry, "bs_macro", "scenario_count_declared") with { GroupBy = ["factory", "city"] };
        var report = Report(query);
        random.Shuffle(assets);
        random.Shuffle(scenarios);
        Reports.AssertSame(report, Reports.Of(query with { Registry = registry with { Assets = [.. assets], Scenarios = [.. scenarios] } }, Export));

        var day = new DateOnly(2024, 3, 10);
        foreach (var group in factories.Select(static factory => (Text: $"factory={factory.Factory}", Members: new HashSet<string> { factory.Factory }))
            .Concat(factories.GroupBy(static factory => factory.City).Select(static city => (Text: $"city={city.Key}", Members: city.Select(static factory => factory.Factory).ToHashSet()))))
        {
            var macro = assets.Where(asset => asset.Kind == "macro" && group.Members.Contains(asset.Factory!)).ToList();
            var stations = report.RowsOf("bs_macro", group.Text);
            Assert.Equal(macro.Count > 0 ? 1 : 0, stations.Count);
            Assert.All(stations, row => Assert.Equal(macro.Where(asset => asset.Valid.Contains(day)).Select(static asset => asset.Asset).Distinct().Count(), row.Value));

            var declared = scenarios.Where(scenario => group.Members.Contains(scenario.Factory!) && scenario.Valid.Contains(day)).Select(static scenario => scenario.Scenario).ToHashSet();
            var rows = report.RowsOf("scenario_count_declared", group.Text);
            Assert.Equal(declared.Count > 0 ? 1 : 0, rows.Count);
            declared = [.. declared.Select(static name => name switch { "智能理货" => "厂区智能理货", "现场辅助安装" => "现场辅助装配", _ => name })];
            Assert.All(rows, row => Assert.Equal(declared.Count(ScenarioNames.Canonical.Contains), row.Value));
            Assert.All(rows, row => Assert.Equal(declared.Contains("全域智能物流") ? "REVIEW" : string.Empty, row.FlagText()));
        }
    }

    private static IndicatorRegistry Declared(params string[] names) => new()
    {
        Factories = [Registries.Factory("F1")],
        Scenarios = [.. names.Select(static name => new ScenarioRecord { Factory = "F1", Scenario = name })],
    };

    private static ZoneRecord Zone(string zone, long? population, params (string Heading, string Text)[] printed) =>
        new() { Zone = zone, Population = population, Additional = printed.ToDictionary(static pair => pair.Heading, static pair => pair.Text) };

    private static AssetRecord Asset(string id, string kind, string? factory, string? from = null, string? to = null, string[]? zones = null) => new()
    {
        Asset = id,
        Kind = kind,
        Factory = factory,
        Zones = zones ?? [],
        Valid = new DayBounds(from is null ? null : DateOnly.Parse(from), to is null ? null : DateOnly.Parse(to)),
    };
}
