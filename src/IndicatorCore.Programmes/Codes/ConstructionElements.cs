namespace IndicatorCore.Programmes.Codes;

/// <summary>The 14 construction elements of the guide in their four groups (programme-forms 1.2).</summary>
public static class ConstructionElements
{
    /// <summary>The groups in order, each with its elements.</summary>
    public static IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Groups { get; } =
    [
        new("基础设施建设", ["5G网络建设", "工业网络互通", "边缘计算部署", "业务系统建设"]),
        new("厂区现场升级", ["现场装备网络化改造", "IT-OT应用融合化部署", "生产服务智能化升级"]),
        new("关键环节应用", ["研发设计应用", "生产运行应用", "检测监测应用", "仓储物流应用", "运营管理应用"]),
        new("网络安全防护", ["安全防护能力升级", "安全管理水平提升"]),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Groups.SelectMany(static group => group.Value)];

    /// <summary>Technologies that the guide names, as presence marks.</summary>
    public static IReadOnlyList<string> Technologies { get; } =
    [
        "UPF", "切片", "TSN", "SDN", "边缘计算", "标识解析企业节点", "数据存储节点", "工业互联网平台", "PLC/DCS融合", "5G芯片/模组/传感器", "AI", "数字孪生",
        "AR/VR", "RFID", "多源融合室内定位", "北斗", "AGV", "智能天车",
    ];
}
