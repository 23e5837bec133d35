namespace IndicatorCore.Programmes.Catalog;

/// <summary>Liaoning's pilot zone: 25 items of 100 points (培育要素指标). Only caps are given; points are entered, never computed.</summary>
internal static class LiaoningZone
{
    private const string Scenarios =
        "“5G+工业互联网”典型应用场景数量（以《辽宁省“5G+工业互联网”融合应用先导区培育指南（试行）》中“5G+工业互联网”二十大典型应用场景为准）";

    /// <summary>The table.</summary>
    public static Programme Programme { get; } = new()
    {
        Id = "liaoning-zone",
        Title = "培育要素指标",
        Summary = "Liaoning pilot zone: 25 items, 100 points; quantities, evidence, and points as entered",
        Scope = ProgrammeScope.Zone,
        Notice = "辽宁省“5G+工业互联网”融合应用先导区培育指南（试行）",
        Rules = [ProgrammeRule.PointsComplete],
        AlsoNeeds = ["zone_score"],
        Sections =
        [
            new()
            {
                Heading = "培育要素指标",
                Rows = SectionRows.Lines,
                Columns = ["一级指标", "二级指标", "三级指标", "分值", "数量", "佐证", "得分"],
                Lines =
                [
                    Line("发展政策（15分）", "专项政策", "专项政策制定及实施情况", 5),
                    Line("", "资金支持", "政府专项资金及配套资金支持情况", 5),
                    Line("", "产融合作", "金融产品和服务等情况", 5),
                    Line("基础设施（25分）", "5G工业专网", "5G基站数量", 6, indicator: "bs_per_10k", part: FigurePart.Numerator),
                    Line("", "", "5G网络覆盖率（每万人拥有5G基站数量）", 6, indicator: "bs_per_10k"),
                    Line("", "", "国家级、省级工业互联网平台数量", 5, indicator: "zone_platforms"),
                    Line("", "建设运营模式", "网络建设运营模式探索情况", 5),
                    Line(
                        "", "其他基础设施", "边缘计算节点建设运营、传统设备网络化改造升级、新型工业网络部署等其他基础设施建设情况", 3,
                        column: "边缘计算节点建设运营、传统设备网络化改造升级、新型工业网络部署等", indicator: "edge_nodes"),
                    Line("行业应用（25分）", "主导产业", "试点区域优势行业和特色产业应用培育情况", 3, column: "优势行业和特色产业应用培育情况"),
                    Line("", "创新应用", Scenarios, 8, column: "典型应用场景数量（二十大）", indicator: "scenario_count_declared"),
                    Line("", "5G工厂", "国家级、省级5G工厂数量", 8, indicator: "zone_5g_factories"),
                    Line("", "复制推广模式", "行业应用复制推广模式情况", 4),
                    Line("", "其他", "体现试点区域内发展特色的融合应用建设情况", 2),
                    Line("产业生态（20分）", "创新突破能力", "5G和工业互联网相关标准数量", 2, indicator: "zone_standards"),
                    Line("", "", "5G和工业互联网相关知识产权数量", 2, column: "相关知识产权数量", indicator: "zone_ip"),
                    Line(
                        "", "产业配套能力", "规模以上工业企业中优质企业数量（创新型中小企业、省级专精特新中小企业、专精特新“小巨人”企业、制造业单项冠军企业等）", 5,
                        column: "规上工业企业中优质企业数量", indicator: "zone_quality_firms"),
                    Line("", "", "工业互联网解决方案提供商数量", 3, indicator: "zone_solution_providers"),
                    Line("", "", "工业互联网实验室或创新中心数量", 2, indicator: "zone_labs"),
                    Line(
                        "", "示范能力",
                        "具备示范能力情况（工信部工业互联网、智能制造领域试点示范、典型案例、解决方案数量，省级工业互联网平台、先进级智能工厂数量）", 3,
                        column: "试点示范、典型案例、解决方案数量，省级平台、先进级智能工厂数量", indicator: "zone_demonstrations"),
                    Line("", "产业聚集能力", "开展招商引资、对接交流、人才培训等活动次数", 3, column: "招商引资、对接交流、人才培训等活动次数", indicator: "zone_events"),
                    Line("公共服务（10分）", "人才引育", "引进和培育高水平技术技能人才数量", 3, indicator: "zone_talents"),
                    Line("", "产业服务", "供需对接、人才培训等公共服务能力情况", 3),
                    Line("", "", "安全保障情况", 2),
                    Line("", "成果转化", "成果转化情况", 2),
                    Line("现场考察（5分）", "先导区试点建设情况", "产业基础、组织策划、推进建设等相关情况", 5, column: "产业基础、组织策划、推进建设等"),
                ],
            },
            new()
            {
                Heading = "得分汇总",
                Fields =
                [
                    FieldOf.Derived("已填得分", DerivedRule.PointsEntered) with { Indicators = ["zone_score.entered", "zone_score.partial"] },
                    FieldOf.Computed("总分（25项全部填报后）", FieldFormat.Number, "zone_score") with { Name = "总分", IsRequired = false },
                    FieldOf.Computed("典型应用场景数量（去重）", FieldFormat.Count, "scenario_count_declared") with { IsRequired = false },
                    FieldOf.Computed("典型应用场景实例数量（按工厂）", FieldFormat.Count, "scenario_count_declared.instances") with { IsRequired = false },
                ],
            },
        ],
    };

    private static ProgrammeLine Line(
        string first, string second, string third, int cap, string? column = null, string? indicator = null, FigurePart part = FigurePart.Value)
    {
        var name = column ?? third;
        return new()
        {
            Labels = [first, second, third, cap.ToString()],
            Fields =
            [
                indicator is null
                    ? FieldOf.Registry("数量", isRequired: false, columns: [$"{name}-情况", name, third]) with { Name = $"{name}-数量" }
                    : FieldOf.Computed("数量", part == FigurePart.Numerator ? FieldFormat.Count : FieldFormat.Number, indicator) with
                    {
                        Name = $"{name}-数量", Part = part,
                    },
                FieldOf.Registry("佐证", isRequired: false, columns: [$"{name}-佐证", $"{third}-佐证"]) with { Name = $"{name}-佐证" },
                FieldOf.Registry("得分", FieldFormat.Number, isRequired: false, columns: [$"{name}得分", $"{third}得分"]) with { Name = $"{name}-得分" },
            ],
        };
    }
}
