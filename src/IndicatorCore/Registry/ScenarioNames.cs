namespace IndicatorCore.Registry;

/// <summary>The twenty typical application scenarios and the aliases seen (programme-forms 2.1, 2.2).</summary>
internal static class ScenarioNames
{
    private static readonly Dictionary<string, string> s_aliases = new()
    {
        ["智能理货"] = "厂区智能理货",
        ["现场辅助安装"] = "现场辅助装配",
        ["工艺合规管理"] = "工艺合规校验",
        ["生产智能监测"] = "生产现场监测",
    };

    private static readonly HashSet<string> s_ambiguous = ["全域智能物流"];

    /// <summary>The twenty, by stage.</summary>
    public static IReadOnlyList<string> Canonical { get; } =
    [
        "协同研发设计", "生产单元模拟",
        "柔性生产制造", "远程设备操控", "设备协同作业", "精准动态作业", "现场辅助装配",
        "机器视觉质检", "工艺合规校验", "设备故障诊断", "设备预测维护", "无人智能巡检", "生产现场监测",
        "厂区智能物流", "厂区智能理货", "全域物流监测",
        "生产过程溯源", "生产能效管控", "虚拟现场服务", "企业协同合作",
    ];

    /// <summary>What a name is, and the name that it counts as: of an other one its own, without blanks.</summary>
    public static (ScenarioDecision Decision, string Name) Decide(string declared)
    {
        var name = PrintedText.Normal(declared);
        return Canonical.Contains(name) ? (ScenarioDecision.Canonical, name)
            : s_aliases.TryGetValue(name, out var canonical) ? (ScenarioDecision.AliasOf, canonical)
            : s_ambiguous.Contains(name) ? (ScenarioDecision.Ambiguous, name)
            : (ScenarioDecision.Other, name);
    }
}
