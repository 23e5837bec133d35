namespace IndicatorCore.Registry;

/// <summary>The kinds of assets, and under which headings their counts are printed in forms (programme-forms 1, 3, 4).</summary>
internal static class AssetKinds
{
    /// <summary>Base stations outdoors.</summary>
    public const string Macro = "macro";

    /// <summary>Small base stations.</summary>
    public const string Micro = "micro";

    /// <summary>Remote units of indoor systems: no base stations.</summary>
    public const string Prru = "prru";

    /// <summary>Edge computing nodes.</summary>
    public const string Edge = "edge";

    /// <summary>What is counted nowhere.</summary>
    public const string Other = "other";

    // of each kind: its spellings, then the headings of its printed counts that are no spelling
    private static readonly Dictionary<string, string[]> s_names = new()
    {
        [Macro] = ["macro", "bs_macro", "宏站", "5G宏站", "室外站", "5G室外站", "5G基站数量-宏站"],
        [Micro] = ["micro", "bs_micro", "微站", "5G微站", "5G基站数量-微站"],
        [Prru] = ["prru", "5G pRRU", "5G室分系统pRRU", "室分系统pRRU"],
        [Edge] = ["edge", "edge_node", "edge_nodes", "mec", "边缘计算节点", "边缘计算节点设备"],
        ["platform"] = ["platform", "工业互联网平台", "国家级、省级工业互联网平台", "国家级、省级工业互联网平台数量"],
        ["5g_factory"] = ["5g_factory", "5G工厂", "国家级、省级5G工厂", "国家级、省级5G工厂数量"],
        ["standard"] = ["standard", "标准", "5G和工业互联网相关标准", "5G和工业互联网相关标准数量"],
        ["ip"] = ["ip", "知识产权", "相关知识产权", "相关知识产权数量", "5G和工业互联网相关知识产权数量"],
        ["quality_firm"] = ["quality_firm", "优质企业", "规上工业企业中优质企业", "规上工业企业中优质企业数量", "规模以上工业企业中优质企业数量"],
        ["solution_provider"] = ["solution_provider", "解决方案提供商", "工业互联网解决方案提供商", "工业互联网解决方案提供商数量"],
        ["lab"] = ["lab", "实验室", "创新中心", "工业互联网实验室或创新中心", "工业互联网实验室或创新中心数量"],
        ["demonstration"] =
            ["demonstration", "试点示范", "典型案例", "解决方案", "省级平台", "先进级智能工厂", "试点示范、典型案例、解决方案数量，省级平台、先进级智能工厂数量"],
        ["event"] = ["event", "活动", "招商引资、对接交流、人才培训等活动次数", "开展招商引资、对接交流、人才培训等活动次数"],
        ["talent"] = ["talent", "人才", "引进和培育高水平技术技能人才", "引进和培育高水平技术技能人才数量"],
        [Other] = ["other", "其他", "其它"],
    };

    private static readonly Dictionary<string, string> s_kinds =
        s_names.SelectMany(static kind => kind.Value.Select(name => (Name: PrintedText.Normal(name), Kind: kind.Key)))
            .DistinctBy(static pair => pair.Name)
            .ToDictionary(static pair => pair.Name, static pair => pair.Kind);

    /// <summary>The kinds by their codes.</summary>
    public static IEnumerable<string> Codes => s_names.Keys;

    /// <summary>The kind that a spelling or heading means, or null.</summary>
    public static string? Of(string name) => s_kinds.GetValueOrDefault(PrintedText.Normal(name));
}
