using IndicatorCore.Registry;

namespace IndicatorCore.Programmes.Codes;

/// <summary>The four lists of industries, how they map, and the scenarios recommended for each (programme-forms 1.2, 2.3).</summary>
public static class IndustryCodes
{
    private static readonly Dictionary<IndustryList, string[]> s_lists = new()
    {
        [IndustryList.National] = ["电子设备制造", "装备制造", "钢铁", "采矿", "电力", "石化化工", "建材", "港口", "纺织", "家电"],
        [IndustryList.Liaoning] = ["装备", "电子", "石化", "钢铁", "采矿", "建材", "轻工", "纺织", "港口", "电力"],
        [IndustryList.Tianjin] = ["电子设备制造", "装备制造", "钢铁", "建材", "电力", "石化化工", "食品医药", "港口", "纺织", "家电", "采矿", "其它"],
        [IndustryList.Guangdong] = ["电子信息", "家电", "石化", "钢铁", "船舶", "汽车", "装备", "油气管道"],
    };

    // names that are not the ministry's own; what stands nowhere (食品医药, 其它, 油气管道) has no counterpart there
    private static readonly Dictionary<string, IndustryMapping> s_national = new()
    {
        ["装备"] = new("装备制造", IndustryRelation.Exact),
        ["电子"] = new("电子设备制造", IndustryRelation.Exact),
        ["石化"] = new("石化化工", IndustryRelation.Exact),
        ["轻工"] = new("家电", IndustryRelation.Broader),
        ["电子信息"] = new("电子设备制造", IndustryRelation.Broader),
        ["船舶"] = new("装备制造", IndustryRelation.Narrower),
        ["汽车"] = new("装备制造", IndustryRelation.Narrower),
    };

    private static readonly Dictionary<string, string[]> s_recommended = new()
    {
        ["装备制造"] = ["协同研发设计", "设备协同作业", "现场辅助装配", "机器视觉质检", "厂区智能物流", "虚拟现场服务"],
        ["电子设备制造"] = ["精准动态作业", "柔性生产制造", "现场辅助装配", "机器视觉质检", "厂区智能物流"],
        ["石化化工"] = ["生产单元模拟", "远程设备操控", "生产现场监测", "生产能效管控", "设备预测维护", "全域物流监测"],
        ["钢铁"] = ["远程设备操控", "机器视觉质检", "工艺合规校验", "设备故障诊断", "设备预测维护", "生产现场监测", "全域智能物流", "生产能效管控", "企业协同合作"],
        ["采矿"] = ["生产单元模拟", "远程设备操控", "设备协同作业", "无人智能巡检", "生产现场监测"],
        ["建材"] = ["生产单元模拟", "生产现场监测", "机器视觉质检", "设备预测维护", "生产能效管控"],
        ["家电"] =
        [
            "柔性生产制造", "机器视觉质检", "虚拟现场服务", "厂区智能物流", "厂区智能理货", "无人智能巡检", "生产现场监测", "产线数字孪生", "智能安防",
            "智能设备交互", "生产过程溯源", "工艺合规管理", "设备预测维护", "生产能效管控",
        ],
        ["纺织"] = ["生产单元模拟", "设备协同作业", "柔性生产制造", "工艺合规校验", "生产过程溯源", "企业协同合作"],
        ["港口"] = ["生产单元模拟", "远程设备操控", "生产能效管控", "精准动态作业", "厂区智能理货"],
        ["电力"] = ["现场辅助安装", "无人智能巡检", "设备故障诊断", "生产现场监测", "生产能效管控"],
    };

    /// <summary>The names of a list, as printed.</summary>
    /// <param name="list">Which.</param>
    public static IReadOnlyList<string> Of(IndustryList list) => s_lists[list];

    /// <summary>What an industry of any list is in another, or null where nothing there corresponds.</summary>
    /// <param name="name">The name as registered.</param>
    /// <param name="list">The other list.</param>
    /// <returns>The name in that list with the relation of <paramref name="name"/> to it.</returns>
    public static IndustryMapping? Map(string name, IndustryList list)
    {
        ArgumentNullException.ThrowIfNull(name);
        var plain = PrintedText.Normal(name);
        if (s_lists[list].Contains(plain))
        {
            return new(plain, IndustryRelation.Exact);
        }

        if (National(plain) is not { } national)
        {
            return null;
        }

        IndustryMapping? best = null;
        foreach (var candidate in s_lists[list])
        {
            if (National(candidate) is { } other && other.Name == national.Name && Join(national.Relation, other.Relation) is { } relation
                && (best is null || relation == IndustryRelation.Exact))
            {
                best = new(candidate, relation);
            }
        }

        return best;
    }

    /// <summary>The scenarios recommended for an industry, as printed; empty where none are.</summary>
    /// <param name="industry">Its name in any list.</param>
    public static IReadOnlyList<string> Recommended(string industry)
    {
        ArgumentNullException.ThrowIfNull(industry);
        return National(PrintedText.Normal(industry)) is { } national ? s_recommended[national.Name] : [];
    }

    private static IndustryMapping? National(string name) => s_lists[IndustryList.National].Contains(name)
        ? new(name, IndustryRelation.Exact)
        : s_national.GetValueOrDefault(name);

    // from one name by way of the ministry's to another: two parts of one whole say nothing of each other
    private static IndustryRelation? Join(IndustryRelation toNational, IndustryRelation ofOther) => (toNational, ofOther) switch
    {
        (_, IndustryRelation.Exact) => toNational,
        (IndustryRelation.Exact, IndustryRelation.Narrower) => IndustryRelation.Broader,
        (IndustryRelation.Exact, IndustryRelation.Broader) => IndustryRelation.Narrower,
        (IndustryRelation.Broader, IndustryRelation.Narrower) => IndustryRelation.Broader,
        (IndustryRelation.Narrower, IndustryRelation.Broader) => IndustryRelation.Narrower,
        _ => null,
    };
}
