namespace IndicatorCore.Generation.Model;

/// <summary>One of the ten industries: what its factories make and in which unit.</summary>
internal sealed record Industry(string Name, string Unit, string[] Products, int MilliPerHour, int FenPerUnit)
{
    public static IReadOnlyList<Industry> All { get; } =
    [
        new("装备", "件", ["主轴", "箱体", "齿轮"], 3_200, 42_000),
        new("电子", "件", ["控制板", "传感器", "模组"], 42_000, 2_600),
        new("石化", "t", ["聚乙烯", "聚丙烯", "芳烃"], 5_400, 620_000),
        new("钢铁", "t", ["中厚板", "冷轧卷", "型钢"], 7_250, 390_000),
        new("采矿", "t", ["铁精矿", "菱镁矿", "煤炭"], 12_500, 86_000),
        new("建材", "t", ["水泥", "玻璃", "耐火砖"], 9_800, 31_000),
        new("轻工", "件", ["冰箱", "灯具", "瓷器"], 11_000, 15_500),
        new("纺织", "m", ["坯布", "色布", "帘子布"], 55_500, 1_250),
        new("港口", "TEU", ["外贸箱", "内贸箱", "中转箱"], 2_450, 28_000),
        new("电力", "MWh", ["基荷", "调峰", "供热"], 21_600, 30_500),
    ];
}
