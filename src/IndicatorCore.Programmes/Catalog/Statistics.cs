using IndicatorCore.Programmes.Codes;

namespace IndicatorCore.Programmes.Catalog;

/// <summary>What follows factories after their selection: the yearly directory, dynamic monitoring, classes and grades.</summary>
internal static class Statistics
{
    /// <summary>《5G全连接工厂名录》: numbers of projects.</summary>
    public static Programme Directory { get; } = new()
    {
        Id = "directory",
        Title = "5G全连接工厂名录",
        Summary = "Yearly directory: numbers of projects by year, province, industry and class, and cumulative; the registry alone",
        Scope = ProgrammeScope.Factories,
        Notice = "工信厅信管〔2022〕23号",
        Industries = IndustryList.National,
        Sections =
        [
            new()
            {
                Heading = "名录统计",
                Rows = SectionRows.Counts,
                Columns = ["年度", "省", "行业", "类别", "项目数", "累计项目数"],
            },
            new()
            {
                Heading = "“十四五”时期目标",
                Rows = SectionRows.Lines,
                Columns = ["目标", "目标数", "登记数"],
                Lines =
                [
                    FieldOf.Target("开展5G全连接工厂建设的企业（家）", 10_000, DerivedRule.EnterpriseCount),
                    FieldOf.Target("建成的工厂（个）", 1_000, DerivedRule.ListedCount),
                    FieldOf.Target("标杆工厂（个）", 100, DerivedRule.BenchmarkCount),
                ],
                Note = "登记数按登记表全部工厂的企业、名录年度和标杆工厂栏统计",
            },
            new()
            {
                Heading = "5G全连接工厂名录",
                Rows = SectionRows.Factories,
                OnlyWith = "名录年度",
                Fields =
                [
                    FieldOf.Derived("序号", DerivedRule.Ordinal),
                    FieldOf.Registry("年度", columns: ["名录年度"]) with { Name = "名录年度" },
                    FieldOf.Registry("工厂名称", columns: ["name"]),
                    FieldOf.Registry("企业名称", columns: ["enterprise"]),
                    FieldOf.Registry("省", columns: ["province"]),
                    FieldOf.Registry("行业", columns: ["industry"]),
                    FieldOf.Registry("国民经济行业大类", isRequired: false),
                    FieldOf.Registry("类别", columns: ["class"]),
                ],
            },
        ],
    };

    /// <summary>建设情况动态监测: result rows as series.</summary>
    public static Programme Monitoring { get; } = new()
    {
        Id = "monitoring",
        Title = "5G全连接工厂建设情况动态监测",
        Summary = "Dynamic monitoring: one row a project, indicator and window, with revision and digests (--window month by default)",
        Scope = ProgrammeScope.Factories,
        Notice = "工信厅信管〔2022〕23号",
        Rules = [ProgrammeRule.NotOverstated],
        AlsoNeeds = ["knr", "cov_grid", "cov_sample", "eff_gain", "cost_red", "scenario_count_evidenced"],
        Sections =
        [
            new()
            {
                Heading = "动态监测",
                Rows = SectionRows.Series,
                Columns =
                [
                    "project_id", "indicator_id@version", "window_start", "window_end", "value", "low", "high", "n", "status", "flags", "declared_value",
                    "verdict", "revision", "as_of", "input_manifest_hash",
                ],
            },
        ],
    };

    /// <summary>分类分级评估.</summary>
    public static Programme Grading { get; } = new()
    {
        Id = "grading",
        Title = "5G全连接工厂分类分级评估",
        Summary = "Classes and grades: class against extent, five scenarios, 14 construction elements, fit with the industry",
        Scope = ProgrammeScope.Factory,
        Notice = "工信厅信管〔2022〕23号",
        Rules = [ProgrammeRule.ClassInScope, ProgrammeRule.FiveScenarios, ProgrammeRule.ScenariosKnown],
        AlsoNeeds = ["scenario_rule_5"],
        Industries = IndustryList.National,
        Sections =
        [
            new()
            {
                Heading = "分类",
                Fields =
                [
                    FieldOf.Registry("工厂名称", columns: ["name"]),
                    FieldOf.Registry("类别", columns: ["class"]),
                    FieldOf.Derived("产线与车间", DerivedRule.Extent),
                    FieldOf.Derived("类别与范围", DerivedRule.ClassCheck),
                    FieldOf.Registry("行业", columns: ["industry"]),
                    FieldOf.Derived("重点行业", DerivedRule.NationalIndustry),
                ],
            },
            new()
            {
                Heading = "典型应用场景",
                Fields =
                [
                    FieldOf.Derived("5个以上典型应用场景", DerivedRule.FiveScenarios) with { Indicators = ["scenario_rule_5"] },
                    FieldOf.Computed("应用场景数量（申报）", FieldFormat.Count, "scenario_count_declared") with { IsRequired = false },
                    FieldOf.Computed("应用场景数量（有数据佐证）", FieldFormat.Count, "scenario_count_evidenced") with { IsRequired = false },
                    FieldOf.Derived("应用场景", DerivedRule.ScenarioNames),
                    FieldOf.Derived("行业推荐场景", DerivedRule.IndustryFit),
                ],
            },
            new()
            {
                Heading = "建设要素",
                Fields =
                [
                    FieldOf.Derived("建设要素覆盖", DerivedRule.MarkCount) with { Options = ConstructionElements.All },
                    .. ConstructionElements.Groups.Select(static group => FieldOf.RuleBoxes(group.Key, DerivedRule.Marks, group.Value)),
                ],
            },
            new()
            {
                Heading = "关键指标",
                Fields =
                [
                    FieldOf.Computed("5G网络覆盖率", FieldFormat.Percent, "cov_grid", "cov_sample"),
                    FieldOf.Computed("关键设备联网率", FieldFormat.Percent, "knr"),
                    FieldOf.Computed("关键设备5G联网率", FieldFormat.Percent, "knr_5g") with { IsRequired = false },
                    FieldOf.Computed("生产效率提升", FieldFormat.Percent, "eff_gain"),
                    FieldOf.Computed("生产成本降低", FieldFormat.Percent, "cost_red"),
                    FieldOf.Computed("网络安全防护项数", FieldFormat.Count, "security_items") with { IsRequired = false },
                ],
            },
        ],
    };
}
