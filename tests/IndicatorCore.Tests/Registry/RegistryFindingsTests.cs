using IndicatorCore.Registry;

namespace IndicatorCore.Tests.Registry;

public sealed class RegistryFindingsTests
{
    private static readonly FactoryRecord s_factory = new() { Factory = "F1" };
    private static readonly LineRecord s_line = new() { Line = "L1", Factory = "F1", GoLiveDate = new DateOnly(2024, 1, 1), Evidence = "E1" };
    private static readonly DeviceRecord s_device = new() { Device = "D1", Line = "L1", IsKey = true };

    [Fact]
    public void A_sound_registry_has_no_findings()
    {
        var registry = new IndicatorRegistry
        {
            Factories = [s_factory with { Parks = ["P1"], Class = "Line", CreditCode = "91350100M000100Y43", Enterprise = "甲" }, s_factory with { Factory = "F2", CreditCode = "91350100M000100Y43", Enterprise = "甲", Class = "工厂级" }],
            Lines = [s_line, s_line with { GoLiveDate = new DateOnly(2025, 1, 1) }, s_line with { Line = "L2" }, s_line with { Line = "L3", Factory = "F2" }],
            Devices =
            [
                s_device with { Valid = new DayBounds(null, new DateOnly(2024, 5, 1)) },
                s_device with { Line = "L2", Valid = new DayBounds(new DateOnly(2024, 5, 1), null) },
                s_device with { Device = "D2", Line = "L3" },
            ],
            Zones = [new ZoneRecord { Zone = "Z", Population = 1 }],
            Declared = [new("F1", "knr", "92%"), new("P1", "thr_ul", "1"), new("Z", "x", "2")],
            Scenarios = [new ScenarioRecord { Scenario = "机器视觉质检", Factory = "F1" }, new ScenarioRecord { Scenario = "智能理货", Factory = "F1" }],
            Systems = [new SystemRecord { System = "MES", Factory = "F1" }, new SystemRecord { System = "制造执行系统", Factory = "F2" }],
        };
        Assert.Empty(RegistryFindings.Of(registry));
    }

    [Fact]
    public void A_device_on_two_lines_at_once_is_a_contradiction()
    {
        var registry = new IndicatorRegistry
        {
            Factories = [s_factory],
            Lines = [s_line, s_line with { Line = "L2" }],
            Devices =
            [
                s_device with { Line = "L2", Valid = new DayBounds(new DateOnly(2024, 4, 30), null) },
                s_device with { Valid = new DayBounds(null, new DateOnly(2024, 5, 1)) },
            ],
        };
        var finding = Assert.Single(RegistryFindings.Of(registry));
        Assert.Equal((FindingSeverity.Error, FindingKind.Contradiction, 1, "line"), (finding.Severity, finding.Kind, finding.Row, finding.Column));
        Assert.Equal("Two rows of D1 overlap from 2024-04-30 and differ in line (L1, L2).", finding.Problem);
    }

    [Fact]
    public void Devices_lines_and_cells_have_unknown_references_gaps_and_duplicates()
    {
        var registry = new IndicatorRegistry
        {
            Lines = [s_line with { GoLiveDate = null }, s_line with { Line = "L2", Factory = null, GoLiveDate = null }],
            Devices =
            [
                s_device with { IsKey = false, Line = "L9", Behind = "D2" }, s_device with { Device = "D2", Line = null, IsKey = false, Behind = "D2" }, s_device with { Device = "D2", Line = null, IsKey = false, Behind = "D2" },
            ],
            GridCells = [new GridCellRecord("F1", 0, 1, 1), new GridCellRecord("F1", 0, 1, 1)],
        };
        Expect(
            registry,
            "Warning Gap lines * go_live No line has a go-live",
            "Warning UnknownReference lines 0 factory L1 names the factory F1, which the registry does not have",
            "Warning Gap lines 1 factory Line L2 belongs to no factory",
            "Warning Gap devices * is_key No device is a key device",
            "Warning UnknownReference devices 0 line D1 names the line L9, which the registry does not have",
            "Error Contradiction devices 1 behind Device D2 stands behind itself",
            "Warning Gap devices 1 line Device D2 stands on no line",
            "Notice Duplicate devices 2  Two rows of D2 say the same at all times",
            "Error Contradiction devices 2 behind Device D2 stands behind itself",
            "Warning Gap devices 2 line Device D2 stands on no line",
            "Warning UnknownReference grid_cells 0 factory F1 names the factory F1",
            "Notice Duplicate grid_cells 1  Cell 0:1:1 of F1 stands there more than once");
        Assert.Equal("Did you mean L1 or L2?", RegistryFindings.Of(registry).First(static finding => finding is { Table: "devices", Row: 0 }).Advice);
    }

    [Fact]
    public void Go_lives_need_time_before_and_after_them_and_evidence()
    {
        var day = new DateOnly(2024, 1, 1);
        var registry = new IndicatorRegistry
        {
            Factories = [s_factory],
            Lines =
            [
                s_line with { Line = "Before", Valid = new DayBounds(day.AddDays(-1), null) },
                s_line with { Line = "AtStart", Valid = new DayBounds(day, null) },
                s_line with { Line = "Twice", Valid = new DayBounds(day, null) }, s_line with { Line = "Twice", GoLiveDate = null, Valid = new DayBounds(null, day) },
                s_line with { Line = "AtEnd", Valid = new DayBounds(null, day) },
                s_line with { Line = "None", GoLiveDate = null, Evidence = null },
                s_line with { Line = "Unproven", Evidence = null, GoLiveDate = null, GoLiveInstant = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero) },
            ],
        };
        Expect(
            registry,
            "Warning Contradiction lines 1 go_live Line AtStart goes live on 2024-01-01 and is in service from 2024-01-01 only",
            "Warning Contradiction lines 4 go_live Line AtEnd goes live on 2024-01-01 and is out of service from 2024-01-01",
            "Warning Gap lines 5 go_live Line None has no go-live",
            "Notice Gap lines 6 evidence The go-live of line Unproven has no evidence document");
    }

    [Fact]
    public void A_credit_code_belongs_to_one_enterprise_and_an_enterprise_has_one()
    {
        const string First = "91350100M000100Y43";
        const string Second = "91210100M000100Y4X";
        var registry = new IndicatorRegistry
        {
            Factories =
            [
                Of("F1", "甲", First), Of("F2", "乙", First), Of("F3", null, First), Of("F4", "丙", Second), Of("F5", "丙", Second[..^1] + "0"), Of("F6", "丁", "short"), Of("F7", "丙", Second),
                Of("F8", "戊", null),
            ],
        };
        var correct = CreditCode.CheckCharacter(Second);
        Assert.Equal('3', CreditCode.CheckCharacter(First));
        Expect(
            registry,
            "Error Contradiction factories 1 credit_code F2 (乙) has the credit code 91350100M000100Y43 of F1 (甲)",
            "Warning Duplicate factories 2 credit_code F3 has the credit code 91350100M000100Y43 of F1, and not both name their enterprise",
            "Notice Gap factories 2 enterprise F3 has no enterprise",
            "Notice Malformed factories 3 credit_code The last character of 91210100M000100Y4X of F4 does not check the others",
            "Notice Malformed factories 4 credit_code The last character of 91210100M000100Y40 of F5 does not check the others",
            "Error Contradiction factories 4 credit_code 丙 has the credit code 91210100M000100Y4X at F4 and 91210100M000100Y40 at F5",
            "Warning Malformed factories 5 credit_code \"short\" of F6 is no unified social credit code",
            "Notice Malformed factories 6 credit_code The last character of 91210100M000100Y4X of F7 does not check the others",
            "Notice Gap factories 7 credit_code F8 has no credit code");
        Assert.Contains($"end with {correct}", RegistryFindings.Of(registry).First(static finding => finding.Row == 3).Advice, StringComparison.Ordinal);

        static FactoryRecord Of(string factory, string? enterprise, string? code) => new() { Factory = factory, Enterprise = enterprise, CreditCode = code };
    }

    [Fact]
    public void Factories_lack_lines_key_devices_cells_and_columns_that_others_have()
    {
        var registry = new IndicatorRegistry
        {
            Factories = [s_factory with { City = "沈阳" }, s_factory with { Factory = "F2", City = "大连", Class = "厂级" }, s_factory with { Factory = "F3", Class = "车间级", Zones = ["Z9"] }],
            Lines = [s_line, s_line with { Line = "L2", Factory = "F2" }],
            Devices = [s_device],
            GridCells = [new GridCellRecord("F1", 0, 0, 0)],
            Zones = [new ZoneRecord { Zone = "Z1" }, new ZoneRecord { Zone = "Z1", Population = 5 }],
        };
        Expect(
            registry,
            "Notice Gap factories 0 class F1 has no class",
            "Notice Gap factories 1  Factory F2 has no grid cells",
            "Notice Gap factories 1  Factory F2 has no key device",
            "Warning UnknownReference factories 1 class \"厂级\" of F2 is no class",
            "Notice Gap factories 2  Factory F3 has no grid cells",
            "Warning Gap factories 2  Factory F3 has no line",
            "Notice Gap factories 2 city F3 has no city",
            "Warning UnknownReference factories 2 zone F3 names the zone Z9",
            "Warning Gap zones 0 population Zone Z1 has no population",
            "Error Contradiction zones 1 zone Zone Z1 stands there more than once");
    }

    [Fact]
    public void Scenarios_systems_and_assets_have_unknown_names_and_repeats()
    {
        var registry = new IndicatorRegistry
        {
            Factories = [s_factory],
            Scenarios =
            [
                Scenario("智能理货"), Scenario("厂区智能理货"), Scenario("全域智能物流"), Scenario("机器视觉质检测"), Scenario("数字员工"), Scenario("生产现场监测") with { Factory = "F9", Devices = ["D9"] },
                Scenario("设备协同作业") with { Valid = new DayBounds(null, new DateOnly(2024, 1, 1)) }, Scenario("设备协同作业") with { Valid = new DayBounds(new DateOnly(2024, 1, 1), null) },
            ],
            Systems = [new SystemRecord { System = "PLM", Factory = "F1" }, new SystemRecord { System = "PDM", Factory = "F1" }, new SystemRecord { System = "MES" }],
            Assets =
            [
                new AssetRecord { Asset = "A1", Kind = "macro", Factory = "F1" }, new AssetRecord { Asset = "A1", Kind = "micro", Factory = "F1" }, new AssetRecord { Asset = "A2", Kind = "edge" },
            ],
            Declared = [new("F9", "knr", "1"), new("F1", "knr", "92%"), new("F1", "knr", "93%"), new("F1", "knr", "92%")],
        };
        Expect(
            registry,
            "Warning UnknownReference declared 0 factory F9 names the factory, park or zone F9",
            "Error Contradiction declared 2 indicator F1 declares knr more than once: 92% and 93%",
            "Notice Duplicate declared 3 indicator F1 declares knr more than once.",
            "Notice Duplicate scenarios 1 scenario 厂区智能理货 of F1 stands there more than once at one time",
            "Warning Gap scenarios 2 scenario 全域智能物流 may mean several",
            "Warning UnknownReference scenarios 3 scenario 机器视觉质检测 is none of the twenty scenarios, and is written much like one",
            "Notice UnknownReference scenarios 4 scenario 数字员工 is none of the twenty scenarios: it counts as a new one",
            "Warning UnknownReference scenarios 5 device 生产现场监测 names the device D9",
            "Warning UnknownReference scenarios 5 factory 生产现场监测 names the factory F9",
            "Notice Duplicate systems 1 system PDM of F1 is PLM/PDM, which stands there more than once",
            "Warning Gap systems 2 factory MES belongs to no factory",
            "Error Contradiction assets 1 kind Asset A1 is macro in one row and micro in another",
            "Warning Gap assets 2 factory Asset A2 belongs to no factory and no zone");

        static ScenarioRecord Scenario(string name) => new() { Scenario = name, Factory = "F1" };
    }

    [Fact]
    public void Points_of_one_item_under_two_headings_are_found()
    {
        var zone = new ZoneRecord { Zone = "Z", Population = 1, Additional = new Dictionary<string, string> { ["相关知识产权数量得分"] = "1", ["5G和工业互联网相关知识产权数量得分"] = "2", ["安全保障情况得分"] = "1" } };
        Expect(new IndicatorRegistry { Zones = [zone] }, "Error Contradiction zones 0 5G和工业互联网相关知识产权数量得分 Zone Z has points of one item under 相关知识产权数量得分 and 5G和");
    }

    [Fact]
    public void Findings_have_the_same_order_every_time_and_many_unknown_names_stay_quick()
    {
        var registry = new IndicatorRegistry
        {
            Lines = [.. Enumerable.Range(0, 5_000).Select(static line => s_line with { Line = $"L{line}" })],
            Devices = [.. Enumerable.Range(0, 20_000).Select(static device => s_device with { Device = $"D{device}", Line = $"M{device}" })],
        };
        var findings = RegistryFindings.Of(registry);
        Assert.Equal(25_000, findings.Count);
        Assert.Equal(findings, RegistryFindings.Of(registry));
    }

    private static void Expect(IndicatorRegistry registry, params string[] expected)
    {
        var found = RegistryFindings.Of(registry)
            .Select(static finding => $"{finding.Severity} {finding.Kind} {finding.Table} {finding.Row?.ToString() ?? "*"} {finding.Column} {finding.Problem}").ToList();
        Assert.All(RegistryFindings.Of(registry), static finding => Assert.NotEmpty(finding.Advice));
        Assert.Equal(expected.Length, found.Count);
        Assert.All(expected.Zip(found), static pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
    }
}
