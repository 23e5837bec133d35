using IndicatorCore.Programmes.Codes;

namespace IndicatorCore.Programmes.Catalog;

/// <summary>Lists of recommended projects: the notices name them, only Tianjin prints the columns; those of the others are a sensible default.</summary>
internal static class Recommendations
{
    /// <summary>Liaoning's 试点示范项目推荐汇总表 (annex 3, not printed).</summary>
    public static Programme Liaoning { get; } = new()
    {
        Id = "liaoning-2024-summary",
        Title = "试点示范项目推荐汇总表",
        Summary = "Liaoning 2024: list of recommended pilot projects, columns by default or from a programme file",
        Scope = ProgrammeScope.Factories,
        Notice = "辽工信明电〔2024〕11号",
        Industries = IndustryList.Liaoning,
        Deadlines = [new("各市初审并推荐", new DateOnly(2024, 3, 5))],
        Rules = [ProgrammeRule.NoAccident, ProgrammeRule.ClassInScope, ProgrammeRule.FiveScenarios],
        AlsoNeeds = ["scenario_rule_5"],
        Sections =
        [
            new()
            {
                Heading = "试点示范项目推荐汇总表",
                Rows = SectionRows.Factories,
                Fields =
                [
                    FieldOf.Derived("序号", DerivedRule.Ordinal),
                    .. Identity,
                    FieldOf.Computed("应用场景数量", FieldFormat.Count, "scenario_count_evidenced"),
                    FieldOf.Computed("5G网络覆盖率", FieldFormat.Percent, "cov_grid", "cov_sample"),
                    FieldOf.Computed("关键设备联网率", FieldFormat.Percent, "knr"),
                    FieldOf.Computed("生产效率提升", FieldFormat.Percent, "eff_gain"),
                    FieldOf.Computed("生产成本降低", FieldFormat.Percent, "cost_red"),
                ],
                Note = "推荐单位（盖章）：",
            },
        ],
    };

    /// <summary>The national 2024年国家5G工厂名录项目推荐汇总表 (title and 推荐单位 printed, columns not).</summary>
    public static Programme National { get; } = new()
    {
        Id = "national-2024",
        Title = "2024年国家5G工厂名录项目推荐汇总表",
        Summary = "National directory 2024: list of recommended projects, columns by default or from a programme file",
        Scope = ProgrammeScope.Factories,
        Notice = "闽工信联函信息〔2024〕464号",
        Industries = IndustryList.National,
        Deadlines =
        [
            new("企业上传", new DateOnly(2024, 9, 10)), new("设区市推荐", new DateOnly(2024, 9, 15)), new("汇总表报送", new DateOnly(2024, 9, 16)),
        ],
        Rules = [ProgrammeRule.Completed, ProgrammeRule.ClassInScope, ProgrammeRule.FiveScenarios],
        AlsoNeeds = ["scenario_rule_5"],
        Sections =
        [
            new()
            {
                Heading = "2024年国家5G工厂名录项目推荐汇总表",
                Rows = SectionRows.Factories,
                Fields =
                [
                    FieldOf.Derived("序号", DerivedRule.Ordinal),
                    .. Identity,
                    FieldOf.Derived("重点行业", DerivedRule.NationalIndustry),
                    FieldOf.Registry("项目阶段"),
                    FieldOf.Computed("5G网络覆盖率", FieldFormat.Percent, "cov_grid", "cov_sample"),
                    FieldOf.Computed("关键设备联网率", FieldFormat.Percent, "knr"),
                    FieldOf.Computed("生产效率提升", FieldFormat.Percent, "eff_gain"),
                    FieldOf.Computed("生产成本降低", FieldFormat.Percent, "cost_red"),
                ],
                Note = "推荐单位:",
            },
        ],
    };

    private static IEnumerable<ProgrammeField> Identity =>
    [
        FieldOf.Registry("项目名称", columns: ["项目名称", "name"]),
        FieldOf.Registry("申报单位", columns: ["单位名称", "enterprise"]),
        FieldOf.Registry("统一社会信用代码", columns: ["credit_code"]),
        FieldOf.Registry("所在市", columns: ["city"]),
        FieldOf.Registry("行业", columns: ["industry"]),
        FieldOf.Registry("5G工厂类别", columns: ["class"]),
    ];
}
