namespace IndicatorCore.Indicators.Declared;

/// <summary>The words that stand around declared figures.</summary>
internal static class DeclaredWords
{
    /// <summary>What stands before a figure and binds it. Longest first.</summary>
    public static (string Word, DeclaredRelation Relation)[] Before { get; } = Sorted(
        ("约为", DeclaredRelation.Approximate), ("约", DeclaredRelation.Approximate), ("大约", DeclaredRelation.Approximate), ("大概", DeclaredRelation.Approximate),
        ("近", DeclaredRelation.Approximate), ("将近", DeclaredRelation.Approximate), ("接近", DeclaredRelation.Approximate), ("≈", DeclaredRelation.Approximate),
        ("~", DeclaredRelation.Approximate), ("约合", DeclaredRelation.Approximate), ("approx.", DeclaredRelation.Approximate), ("about", DeclaredRelation.Approximate),
        ("≥", DeclaredRelation.AtLeast), (">=", DeclaredRelation.AtLeast), ("不低于", DeclaredRelation.AtLeast), ("不少于", DeclaredRelation.AtLeast),
        ("不小于", DeclaredRelation.AtLeast), ("不下于", DeclaredRelation.AtLeast), ("至少", DeclaredRelation.AtLeast), ("最少", DeclaredRelation.AtLeast),
        ("最低", DeclaredRelation.AtLeast), ("大于等于", DeclaredRelation.AtLeast), ("大于或等于", DeclaredRelation.AtLeast), ("高于等于", DeclaredRelation.AtLeast),
        ("高于或等于", DeclaredRelation.AtLeast), ("atleast", DeclaredRelation.AtLeast),
        (">", DeclaredRelation.GreaterThan), ("超", DeclaredRelation.GreaterThan), ("超过", DeclaredRelation.GreaterThan), ("超出", DeclaredRelation.GreaterThan),
        ("大于", DeclaredRelation.GreaterThan), ("高于", DeclaredRelation.GreaterThan), ("多于", DeclaredRelation.GreaterThan), ("突破", DeclaredRelation.GreaterThan),
        ("≤", DeclaredRelation.AtMost), ("<=", DeclaredRelation.AtMost), ("不超过", DeclaredRelation.AtMost), ("不高于", DeclaredRelation.AtMost),
        ("不大于", DeclaredRelation.AtMost), ("不多于", DeclaredRelation.AtMost), ("至多", DeclaredRelation.AtMost), ("最多", DeclaredRelation.AtMost),
        ("最高", DeclaredRelation.AtMost), ("小于等于", DeclaredRelation.AtMost), ("小于或等于", DeclaredRelation.AtMost), ("低于等于", DeclaredRelation.AtMost),
        ("低于或等于", DeclaredRelation.AtMost),
        ("<", DeclaredRelation.LessThan), ("小于", DeclaredRelation.LessThan), ("低于", DeclaredRelation.LessThan), ("少于", DeclaredRelation.LessThan),
        ("不足", DeclaredRelation.LessThan), ("不满", DeclaredRelation.LessThan), ("未满", DeclaredRelation.LessThan), ("不到", DeclaredRelation.LessThan));

    /// <summary>What stands behind it. Longest first.</summary>
    public static (string Word, DeclaredRelation Relation)[] Behind { get; } = Sorted(
        ("以上", DeclaredRelation.AtLeast), ("及以上", DeclaredRelation.AtLeast), ("或以上", DeclaredRelation.AtLeast), ("+", DeclaredRelation.AtLeast),
        ("以下", DeclaredRelation.AtMost), ("及以下", DeclaredRelation.AtMost), ("或以下", DeclaredRelation.AtMost), ("以内", DeclaredRelation.AtMost),
        ("之内", DeclaredRelation.AtMost), ("左右", DeclaredRelation.Approximate), ("上下", DeclaredRelation.Approximate));

    /// <summary>What says that something rose or fell. Longest first.</summary>
    public static (string Word, IndicatorChange Change)[] Changes { get; } = Sorted(
        ("提升", IndicatorChange.Increase), ("提高", IndicatorChange.Increase), ("增加", IndicatorChange.Increase), ("增长", IndicatorChange.Increase),
        ("上升", IndicatorChange.Increase), ("增", IndicatorChange.Increase), ("升", IndicatorChange.Increase),
        ("降低", IndicatorChange.Decrease), ("下降", IndicatorChange.Decrease), ("减少", IndicatorChange.Decrease), ("缩短", IndicatorChange.Decrease),
        ("节约", IndicatorChange.Decrease), ("节省", IndicatorChange.Decrease), ("降", IndicatorChange.Decrease));

    /// <summary>What makes a change a level: 提升至 is not 提升. Longest first.</summary>
    public static string[] Levels { get; } = ["达到", "至", "到", "达", "为"];

    /// <summary>What says nothing more: what the figure is of, and that there are so many. Longest first.</summary>
    public static string[] Silent { get; } =
    [
        .. "5G网络覆盖率 网络覆盖率 覆盖率 关键设备联网率 设备联网率 联网率 生产效率 劳动生产率 效率 生产成本 成本 平均时延 时延 丢包率 可靠性 合格率 良品率 投资 总投资 共计 总计 合计 共 实现 已 了 = : 是 等于 控制在 保持在 可"
            .ToLowerInvariant().Split(' ').OrderByDescending(static word => word.Length),
    ];

    private static (string Word, T Meaning)[] Sorted<T>(params (string Word, T Meaning)[] words) => [.. words.OrderByDescending(static word => word.Word.Length)];
}
