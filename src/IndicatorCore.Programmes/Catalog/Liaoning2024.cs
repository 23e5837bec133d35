using IndicatorCore.Programmes.Codes;

namespace IndicatorCore.Programmes.Catalog;

/// <summary>Liaoning 2024: 5G工厂试点项目申报书 (annex 1 of 辽工信明电〔2024〕11号).</summary>
internal static class Liaoning2024
{
    /// <summary>The form.</summary>
    public static Programme Programme { get; } = new()
    {
        Id = "liaoning-2024",
        Title = "5G工厂试点项目申报书",
        Summary = "Liaoning 2024: application of a pilot factory",
        Scope = ProgrammeScope.Factory,
        Notice = "辽工信明电〔2024〕11号",
        Industries = IndustryList.Liaoning,
        Deadlines = [new("各市初审并推荐", new DateOnly(2024, 3, 5))],
        Rules =
        [
            ProgrammeRule.NoAccident, ProgrammeRule.ClassInScope, ProgrammeRule.FiveScenarios, ProgrammeRule.ScenariosKnown, ProgrammeRule.NotOverstated,
        ],
        AlsoNeeds = ["scenario_count_declared", "scenario_rule_5"],
        Sections = [Cover, Applicant, Project, Situation, Content, Comparison.Under("项目实施前与实施后效果比较"), Example, Outlook],
    };

    /// <summary>申报单位基本信息.</summary>
    public static ProgrammeSection Applicant => new()
    {
        Heading = "(一) 申报单位基本信息",
        Fields =
        [
            FieldOf.Registry("单位名称", columns: ["单位名称", "enterprise"]),
            FieldOf.Registry("组织机构代码/三证合一码", columns: ["组织机构代码/三证合一码", "credit_code"]),
            FieldOf.Registry("成立时间", FieldFormat.Date),
            FieldOf.Boxes("企业性质", isSingle: true, "国有", "民营", "三资", "其他"),
            FieldOf.Registry("注册资本(万元)", FieldFormat.Money),
            FieldOf.Registry("单位地址"),
            .. FieldOf.Contact(),
            FieldOf.Registry("总资产(万元)", FieldFormat.Money),
            FieldOf.Registry("负债率"),
            FieldOf.Registry("信用等级"),
            FieldOf.Registry("上年销售(万元)", FieldFormat.Money),
            FieldOf.Registry("上年税金(万元)", FieldFormat.Money),
            FieldOf.Registry("上年利润(万元)", FieldFormat.Money),
            FieldOf.Text("基本情况(不超过300字)", 300, "基本情况") with { Group = "申报单位简介", Name = "基本情况" },
            FieldOf.Text("核心能力(不超过500字)", 500, "核心能力") with { Group = "申报单位简介", Name = "核心能力" },
        ],
    };

    /// <summary>项目基本信息 (programme-forms 2.4).</summary>
    public static ProgrammeSection Project => new()
    {
        Heading = "(二) 项目基本信息",
        Fields =
        [
            FieldOf.Registry("项目名称", columns: ["项目名称", "name"]),
            FieldOf.Registry("项目地址"),
            FieldOf.Registry("起止日期", isRequired: true, columns: ["起止日期", "建设起止日期"]),
            FieldOf.Registry("项目投资(万元)", FieldFormat.Money, isRequired: true, columns: ["项目投资(万元)", "项目总投资额（万元）"]),
            FieldOf.Computed("宏站", FieldFormat.Count, "bs_macro") with { Group = "5G基站数量" },
            FieldOf.Computed("微站", FieldFormat.Count, "bs_micro") with { Group = "5G基站数量" },
            FieldOf.Registry("5G基础设施运营商", columns: ["5G基础设施运营商", "operator"]),
            FieldOf.Computed("应用场景数量", FieldFormat.Count, "scenario_count_evidenced"),
            FieldOf.Computed("5G网络覆盖率", FieldFormat.Percent, "cov_grid", "cov_sample"),
            FieldOf.Computed("关键设备联网率", FieldFormat.Percent, "knr"),
            FieldOf.Computed("关键系统建设数量", FieldFormat.Count, "system_count"),
            FieldOf.Computed("生产效率提升", FieldFormat.Percent, "eff_gain"),
            FieldOf.Computed("生产成本降低", FieldFormat.Percent, "cost_red"),
            FieldOf.Text("项目简述", 1000),
        ],
        Note = "真实性承诺：我单位申报的所有材料, 均真实、完整, 如有不实, 愿承担相应的责任。",
    };

    private static ProgrammeSection Cover => new()
    {
        Heading = "5G 工厂试点项目申报书",
        Fields =
        [
            FieldOf.Registry("项目名称", columns: ["项目名称", "name"]) with { Name = "封面-项目名称" },
            FieldOf.Registry("申报单位(盖章)", isRequired: true, columns: ["单位名称", "enterprise"]),
            FieldOf.Registry("推荐单位(盖章)", isRequired: false, columns: ["推荐单位"]),
            FieldOf.Registry("申报日期", FieldFormat.Date, isRequired: false),
        ],
    };

    private static ProgrammeSection Situation => new()
    {
        Heading = "二、项目基本情况（5000字）",
        Limit = 5000,
        Fields =
        [
            FieldOf.Text("（一）项目建设背景和意义", limit: null, "项目建设背景和意义"),
            FieldOf.Text("（二）项目建设目标和主要任务", limit: null, "项目建设目标和主要任务"),
            FieldOf.Text("（三）项目价值", limit: null, "项目价值"),
        ],
    };

    private static ProgrammeSection Content => new()
    {
        Heading = "三、项目内容与成效（10000字）",
        Limit = 10000,
        Fields =
        [
            FieldOf.Text("（一）项目主体、服务对象及适用场景", limit: null, "项目主体、服务对象及适用场景"),
            FieldOf.Text("（二）项目技术方案与实施内容（《5G工厂建设指南》相关内容）", limit: null, "项目技术方案与实施内容"),
            FieldOf.Text("（三）项目实施成效（项目主要解决的问题，项目实施前与实施后效果比较）", limit: null, "项目实施成效"),
        ],
    };

    private static ProgrammeSection Example => new()
    {
        Heading = "四、示范作用（2000字）",
        Fields = [FieldOf.Text("四、示范作用（2000字）", 2000, "示范作用")],
    };

    private static ProgrammeSection Outlook => new()
    {
        Heading = "五、未来展望（1000字）",
        Fields = [FieldOf.Text("五、未来展望（1000字）", 1000, "未来展望")],
    };
}
