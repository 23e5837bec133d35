using IndicatorCore.Programmes.Codes;

namespace IndicatorCore.Programmes.Catalog;

/// <summary>Tianjin 2023: 申请书 with all its boxes (annex 2) and 推荐信息汇总表 (annex 3).</summary>
internal static class Tianjin2023
{
    private const string Coverage = "5G网络覆盖情况（厂区或区域内5G网络全面覆盖及稳定运行）";
    private const string Connected = "基于5G网络连接的生产要素连接情况";

    /// <summary>The form and, as its last section, the list.</summary>
    public static Programme Programme { get; } = new()
    {
        Id = "tianjin-2023",
        Title = "2023年5G全连接工厂申请书",
        Summary = "Tianjin 2023: application with all boxes, and the list of recommendations",
        Scope = ProgrammeScope.Factory,
        Notice = "天津市工业和信息化局关于征集2023年5G全连接工厂的通知",
        Industries = IndustryList.Tianjin,
        Deadlines = [new("各区报送", new DateOnly(2023, 9, 22))],
        Rules =
        [
            ProgrammeRule.NotDishonest, ProgrammeRule.StartedOrCompleted, ProgrammeRule.ClassInScope, ProgrammeRule.InvestedWithinTotal, ProgrammeRule.ScenariosKnown,
            ProgrammeRule.NotOverstated,
        ],
        AlsoNeeds = ["scenario_count_declared", "scenario_count_evidenced"],
        Sections =
        [
            Cover, Basics, .. Contents, Report, Comparison.Under("建设成效和亮点"), List,
        ],
    };

    /// <summary>一、基本信息.</summary>
    public static ProgrammeSection Basics => new()
    {
        Heading = "一、基本信息",
        Fields =
        [
            FieldOf.Boxes("所属重点行业和领域", isSingle: false, IndustryCodes.Of(IndustryList.Tianjin)) with { Columns = ["所属重点行业和领域", "industry"] },
            FieldOf.Boxes(
                "所属重点产业链",
                isSingle: false,
                "信创", "集成电路", "车联网", "生物医药", "中医药", "新能源", "新材料", "航空航天", "高端装备", "汽车及新能源汽车", "绿色石化", "轻工", "其它"),
            FieldOf.Boxes("建设方向（限选1个）", isSingle: true, "产线级5G全连接工厂", "车间级5G全连接工厂", "工厂级5G全连接工厂") with { Columns = ["建设方向", "class"] },
            FieldOf.Registry("5G全连接工厂名称", columns: ["5G全连接工厂名称", "name"]),
            FieldOf.Registry("5G全连接工厂地址", columns: ["5G全连接工厂地址", "项目地址"]),
            FieldOf.Text("企业简介", 300, "企业简介"),
            FieldOf.Text("项目概况", 300, "项目概况"),
            FieldOf.Boxes("网络服务商", isSingle: false, "天津电信", "天津移动", "天津联通", "天津广电") with { Columns = ["网络服务商", "operator"] },
            FieldOf.Registry("建设起止日期", isRequired: true, columns: ["建设起止日期", "起止日期"]),
            FieldOf.Registry("项目总投资额（万元）", FieldFormat.Money, isRequired: true, columns: ["项目总投资额（万元）", "项目投资(万元)"]),
            FieldOf.Registry("已投入资金（万元）", FieldFormat.Money),
            FieldOf.Boxes("项目阶段", isSingle: true, "建设前期", "建设中期", "建设后期", "已建成"),
        ],
    };

    /// <summary>建设内容概况: 建设要素 beside 指标值, then scenarios and security.</summary>
    public static IReadOnlyList<ProgrammeSection> Contents =>
    [
        new()
        {
            Heading = "建设内容概况",
            Fields =
            [
                Blank("5G室外站", Coverage, "个", "bs_macro"),
                Blank("5G微站", Coverage, "个", "bs_micro"),
                Blank("5G室分系统pRRU", Coverage, "个", "prru"),
                FieldOf.Registry("其他", isRequired: false, columns: ["5G网络覆盖-其他"]) with { Group = Coverage },
                FieldOf.Boxes("5G网络组网方式", isSingle: true, "虚拟专网", "混合专网", "独立专网"),
                Blank("应用5G终端（5G模组、5G网关、5G CPE、5G PAD等）", Connected, "个", "n_5g_terminals") with { Name = "应用5G终端" },
                Blank("基于5G网络连接的生产设备数", Connected, "个", "n_devices_5g"),
                FieldOf.RuleBoxes(
                    "利用5G、时间敏感网络、软件定义网络等新型网络技术实现网络互通的信息系统和生产系统",
                    DerivedRule.Systems,
                    "ERP", "MES", "WMS", "PLM/PDM", "APS", "SCM/SRM", "EAM", "CRM", "CAD/CAE/CAM", "OA", "其他") with { Name = "信息系统和生产系统" },
                Blank("边缘计算节点设备", "边缘计算节点部署情况", "套", "edge_nodes"),
            ],
        },
        new()
        {
            Heading = "关键环节应用场景建设情况",
            Fields =
            [
                .. ScenarioStages.Boxes.SelectMany(static stage => new[]
                {
                    FieldOf.RuleBoxes(stage.Key, DerivedRule.Scenarios, stage.Value),
                    FieldOf.Registry("其他", isRequired: false, columns: [$"{stage.Key}-其他"]) with { Group = stage.Key, Name = $"{stage.Key}-其他" },
                }),
            ],
        },
        new()
        {
            Heading = "网络安全防护情况",
            Fields =
            [
                FieldOf.RuleBoxes(
                    "网络安全防护能力",
                    DerivedRule.Marks,
                    "网络安全分级分类管理", "网络安全责任部门", "网络安全监测管理制度", "网络安全设施设备", "网络安全应急预案"),
            ],
        },
        new()
        {
            Heading = "佐证（5G网络全面覆盖及稳定运行、关键环节应用场景）",
            Fields =
            [
                FieldOf.Computed("5G网络覆盖率", FieldFormat.Percent, "cov_grid", "cov_sample") with { Name = "佐证-5G网络覆盖率", IsRequired = false },
                FieldOf.Computed("时间加权可用率", FieldFormat.Percent, "link_avail") with { IsRequired = false },
                FieldOf.Computed("有数据佐证的典型应用场景数量", FieldFormat.Count, "scenario_count_evidenced") with { IsRequired = false },
                FieldOf.Computed("网络安全防护项数", FieldFormat.Count, "security_items") with { IsRequired = false },
            ],
        },
    ];

    private static ProgrammeSection Cover => new()
    {
        Heading = "2023年5G全连接工厂申请书",
        Fields =
        [
            FieldOf.Registry("5G全连接工厂名称", columns: ["5G全连接工厂名称", "name"]) with { Name = "封面-5G全连接工厂名称" },
            FieldOf.Registry("建设单位（盖章）", isRequired: true, columns: ["建设单位", "单位名称", "enterprise"]),
            FieldOf.Registry("联系人及联系方式", isRequired: true, columns: ["联系人及联系方式"]),
            FieldOf.Registry("推荐单位（盖章）", isRequired: false, columns: ["推荐单位"]),
            FieldOf.Registry("填报日期", FieldFormat.Date, isRequired: false, columns: ["填报日期", "申报日期"]),
        ],
    };

    private static ProgrammeSection Report => new()
    {
        Heading = "二、5G全连接工厂建设实施情况",
        Limit = 3000,
        Fields =
        [
            FieldOf.Text("（一）建设方案及进展", limit: null, "建设方案及进展"),
            FieldOf.Text("建设成效和亮点", limit: null, "建设成效和亮点"),
            FieldOf.Text("未来展望", limit: null, "未来展望"),
        ],
    };

    private static ProgrammeSection List => new()
    {
        Heading = "2023年5G全连接工厂推荐信息汇总表",
        Rows = SectionRows.Factories,
        Fields =
        [
            FieldOf.Derived("序号", DerivedRule.Ordinal),
            FieldOf.Registry("工厂名称", columns: ["5G全连接工厂名称", "name"]),
            FieldOf.Registry("申请单位名称", columns: ["建设单位", "单位名称", "enterprise"]),
            FieldOf.Registry("5G工厂类别(选择“车间级”“产线级”“工厂级”中的一个）", columns: ["class"]) with { Name = "5G工厂类别" },
        ],
        Note = "推荐单位（加盖公章）：          联系人：   电话：",
    };

    private static ProgrammeField Blank(string heading, string group, string unit, string indicator) =>
        FieldOf.Computed(heading, FieldFormat.Count, indicator) with { Group = group, Unit = unit, Name = heading };
}
