using IndicatorCore.Programmes.Codes;

namespace IndicatorCore.Programmes.Catalog;

/// <summary>Guangdong's 应用示范园区 工作方案 (粤工信工业互联网函〔2020〕426号): header, units, and seven network quantities, plan beside measured.</summary>
internal static class GuangdongPark
{
    private static readonly (string Label, string Indicator, FieldFormat Format, string Unit)[] s_quantities =
    [
        ("覆盖面积", "cov_area_m2", FieldFormat.Number, "m²"),
        ("容量", "capacity", FieldFormat.Number, "bit/s"),
        ("长连接", "conn", FieldFormat.Number, "条/台"),
        ("并发数", "concurrency", FieldFormat.Count, "个"),
        ("带宽（上行）", "thr_ul", FieldFormat.Number, "bit/s"),
        ("带宽（下行）", "thr_dl", FieldFormat.Number, "bit/s"),
        ("时延（第50百分位）", "lat_p50", FieldFormat.Number, "ms"),
        ("时延（第95百分位）", "lat_p95", FieldFormat.Number, "ms"),
        ("时延（第99百分位）", "lat_p99", FieldFormat.Number, "ms"),
        ("可靠性", "reliability", FieldFormat.Percent, "%"),
    ];

    /// <summary>The plan.</summary>
    public static Programme Programme { get; } = new()
    {
        Id = "guangdong-park",
        Title = "广东省“5G+工业互联网”应用示范园区工作方案",
        Summary = "Guangdong demonstration park: header, units, seven network quantities by milestone, plan beside measured",
        Scope = ProgrammeScope.Park,
        Notice = "粤工信工业互联网函〔2020〕426号",
        Deadlines = [new("首批园区报送", new DateOnly(2020, 5, 30))],
        Rules = [ProgrammeRule.LargeFirmsCovered, ProgrammeRule.FirstParks],
        AlsoNeeds = ["cov_grid"],
        Industries = IndustryList.Guangdong,
        Sections =
        [
            new()
            {
                Heading = "广东省“5G+工业互联网”应用示范园区 工作方案",
                Fields =
                [
                    FieldOf.Registry("行业领域", columns: ["行业领域", "industry"]),
                    FieldOf.Registry("覆盖园区", columns: ["覆盖园区", "park"]),
                    FieldOf.Registry("牵头单位(盖章)", isRequired: true, columns: ["牵头单位", "牵头单位-单位名称"]),
                    FieldOf.Registry("联合单位(盖章)", isRequired: true, columns: ["联合单位", "联合单位-单位名称"]),
                    FieldOf.Registry("联系人及方式"),
                    FieldOf.Registry("工业园区(盖章)", isRequired: true, columns: ["工业园区", "park"]),
                    FieldOf.Registry("地市审核(盖章)", isRequired: false, columns: ["地市审核"]),
                ],
            },
            Unit("(一) 牵头单位基本信息", "牵头单位"),
            Unit("(二) 联合单位基本信息", "联合单位"),
            new()
            {
                Heading = "(三) 单位情况简介(包含牵头单位及联合单位)",
                Fields = [FieldOf.Text("经营发展情况", 500), FieldOf.Text("能力情况", 1000)],
            },
            new()
            {
                Heading = "性能指标",
                Rows = SectionRows.Milestones,
                Columns = ["阶段", "量化指标", "单位", "计划值", "实测值", "结论"],
                Lines = [.. s_quantities.Select(static quantity => Quantity(quantity))],
            },
            new()
            {
                Heading = "园区企业实测",
                Rows = SectionRows.Factories,
                Fields =
                [
                    FieldOf.Derived("序号", DerivedRule.Ordinal),
                    FieldOf.Registry("工厂名称", columns: ["name"]),
                    FieldOf.Computed("5G网络覆盖率", FieldFormat.Percent, "cov_grid", "cov_sample") with { IsRequired = false },
                    .. s_quantities.Select(static quantity => FieldOf.Computed(
                        quantity.Unit == "%" ? quantity.Label : $"{quantity.Label}（{quantity.Unit}）", quantity.Format, quantity.Indicator) with { IsRequired = false }),
                ],
            },
            new()
            {
                Heading = "量化指标",
                Fields =
                [
                    FieldOf.Derived("规模化推广企业数", DerivedRule.ParkFactoryCount),
                    FieldOf.Derived("企业名单", DerivedRule.ParkFactories),
                    FieldOf.Computed("联网设备数", FieldFormat.Count, "n_devices_5g") with { IsRequired = false },
                    FieldOf.Computed("应用场景数量", FieldFormat.Count, "scenario_count_evidenced") with { IsRequired = false },
                ],
            },
            new()
            {
                Heading = "广东省 5G+工业互联网应用示范园区",
                Rows = SectionRows.Parks,
                IsOfAll = true,
                Fields =
                [
                    FieldOf.Registry("属地", columns: ["city"]),
                    FieldOf.Registry("园区名称", columns: ["park"]),
                    FieldOf.Derived("申报单位", DerivedRule.Applicants),
                ],
            },
            new()
            {
                Heading = "到 2022 年目标",
                Rows = SectionRows.Lines,
                IsOfAll = true,
                Columns = ["目标", "目标数", "登记数"],
                Lines =
                [
                    FieldOf.Target("企业内网建设改造覆盖制造业（个）", 10, DerivedRule.IndustryCount),
                    FieldOf.Target("典型工业应用场景（个）", 10, DerivedRule.ScenarioCount),
                ],
            },
        ],
    };

    private static ProgrammeLine Quantity((string Label, string Indicator, FieldFormat Format, string Unit) quantity) => new()
    {
        Labels = [quantity.Label, quantity.Unit],
        Fields =
        [
            FieldOf.Derived("计划值", DerivedRule.Declared) with { Name = $"{quantity.Label}-计划值", Indicators = [quantity.Indicator] },
            FieldOf.Computed("实测值", quantity.Format, quantity.Indicator) with { Name = $"{quantity.Label}-实测值", IsRequired = false },
            FieldOf.Derived("结论", DerivedRule.Verdict) with { Name = $"{quantity.Label}-结论", Indicators = [quantity.Indicator] },
        ],
    };

    private static ProgrammeSection Unit(string heading, string role) => new()
    {
        Heading = heading,
        Fields =
        [
            Of(role, "单位名称"), Of(role, "组织机构代码"), Of(role, "单位性质"), Of(role, "单位地址"), Of(role, "成立时间") with { Format = FieldFormat.Date },
            Of(role, "上年销售(万元)") with { Format = FieldFormat.Money }, Of(role, "员工数(人)") with { Format = FieldFormat.Count },
            .. FieldOf.Contact(role),
        ],
    };

    private static ProgrammeField Of(string role, string heading) => FieldOf.Registry(heading) with { Name = $"{role}-{heading}" };
}
