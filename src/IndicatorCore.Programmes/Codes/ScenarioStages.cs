namespace IndicatorCore.Programmes.Codes;

/// <summary>Scenarios by stage as the guide and Tianjin's form print them: 22 boxes, of which 20 are typical (programme-forms 2.1).</summary>
public static class ScenarioStages
{
    /// <summary>The stages in order, each with its boxes.</summary>
    public static IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Boxes { get; } =
    [
        new("研发设计", ["协同研发设计", "生产单元模拟", "众包设计"]),
        new("生产制造", ["柔性生产制造", "远程设备操控", "设备协同作业", "精准动态作业", "现场辅助装配"]),
        new("检测监测", ["机器视觉质检", "近红外线成像分析", "工艺合规校验", "设备故障诊断", "设备预测维护", "无人智能巡检", "生产现场监测"]),
        new("仓储物流", ["厂区智能物流", "厂区智能理货", "全域物流监测"]),
        new("运营管理", ["生产过程溯源", "生产能效管控", "虚拟现场服务", "企业协同合作"]),
    ];
}
