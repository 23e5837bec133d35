namespace IndicatorCore.Registry;

/// <summary>The 25 items of the pilot zone table, 100 points (programme-forms 4).</summary>
internal static class ZoneTable
{
    /// <summary>The items in their order.</summary>
    public static IReadOnlyList<ZoneItem> Items { get; } =
    [
        new("专项政策制定及实施情况", "发展政策", 5, IsCountable: false),
        new("政府专项资金及配套资金支持情况", "发展政策", 5, IsCountable: false),
        new("金融产品和服务等情况", "发展政策", 5, IsCountable: false),
        new("5G基站数量", "基础设施", 6, IsCountable: true),
        new("5G网络覆盖率（每万人拥有5G基站数量）", "基础设施", 6, IsCountable: true),
        new("国家级、省级工业互联网平台数量", "基础设施", 5, IsCountable: true),
        new("网络建设运营模式探索情况", "基础设施", 5, IsCountable: false),
        new("边缘计算节点建设运营、传统设备网络化改造升级、新型工业网络部署等", "基础设施", 3, IsCountable: false, "边缘计算节点建设运营、传统设备网络化改造升级、新型工业网络部署等其他基础设施建设情况"),
        new("优势行业和特色产业应用培育情况", "行业应用", 3, IsCountable: false, "试点区域优势行业和特色产业应用培育情况"),
        new("典型应用场景数量（二十大）", "行业应用", 8, IsCountable: true, "“5G+工业互联网”典型应用场景数量"),
        new("国家级、省级5G工厂数量", "行业应用", 8, IsCountable: true),
        new("行业应用复制推广模式情况", "行业应用", 4, IsCountable: false),
        new("体现试点区域内发展特色的融合应用建设情况", "行业应用", 2, IsCountable: false),
        new("5G和工业互联网相关标准数量", "产业生态", 2, IsCountable: true),
        new("相关知识产权数量", "产业生态", 2, IsCountable: true, "5G和工业互联网相关知识产权数量"),
        new("规上工业企业中优质企业数量（创新型中小企业、省级专精特新、“小巨人”、单项冠军等）", "产业生态", 5, IsCountable: true, "规模以上工业企业中优质企业数量"),
        new("工业互联网解决方案提供商数量", "产业生态", 3, IsCountable: true),
        new("工业互联网实验室或创新中心数量", "产业生态", 2, IsCountable: true),
        new("试点示范、典型案例、解决方案数量，省级平台、先进级智能工厂数量", "产业生态", 3, IsCountable: true, "具备示范能力情况"),
        new("招商引资、对接交流、人才培训等活动次数", "产业生态", 3, IsCountable: true, "开展招商引资、对接交流、人才培训等活动次数"),
        new("引进和培育高水平技术技能人才数量", "公共服务", 3, IsCountable: true),
        new("供需对接、人才培训等公共服务能力情况", "公共服务", 3, IsCountable: false),
        new("安全保障情况", "公共服务", 2, IsCountable: false),
        new("成果转化情况", "公共服务", 2, IsCountable: false),
        new("产业基础、组织策划、推进建设等", "现场考察", 5, IsCountable: false, "产业基础、组织策划、推进建设等相关情况"),
    ];

    private static readonly Dictionary<string, ZoneItem> s_byName =
        Items.SelectMany(static item => new[] { item.Name, item.Heading ?? item.Name }.Select(heading => (Heading: heading, Item: item)))
            .DistinctBy(static pair => PrintedText.Normal(pair.Heading))
            .ToDictionary(static pair => PrintedText.Normal(pair.Heading), static pair => pair.Item);

    /// <summary>The item of that name or heading, or null.</summary>
    public static ZoneItem? Find(string heading) => s_byName.GetValueOrDefault(PrintedText.Normal(heading));

    /// <summary>The item whose points a heading holds, or null: its name, or the notice's heading, and <c>得分</c>.</summary>
    public static ZoneItem? ItemOfPoints(string heading) =>
        heading.Trim() is var trimmed && trimmed.EndsWith(PrintedText.Points, StringComparison.Ordinal)
            ? Find(trimmed[..^PrintedText.Points.Length])
            : null;
}
