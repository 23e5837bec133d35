using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Declared;

namespace IndicatorCore.Html;

/// <summary>What statuses, reasons, flags and verdicts mean, in words for readers who know no code lists.</summary>
internal static class Phrases
{
    /// <summary>A status.</summary>
    public static Bilingual Of(ResultStatus status) => status switch
    {
        ResultStatus.Published => new("可发布", "published"),
        ResultStatus.PublishedWithWarning => new("可发布，有提示", "published with a warning"),
        ResultStatus.Suppressed => new("不予发布", "suppressed"),
        _ => new("无法计算", "not available"),
    };

    /// <summary>Why a figure is not shown.</summary>
    public static Bilingual Of(ResultReason reason) => reason switch
    {
        ResultReason.NoRegistry => new("缺少台账", "no registry"),
        ResultReason.MissingColumn => new("数据中缺少所需字段", "the data lack a column"),
        ResultReason.GroupNotApplicable => new("该层级不适用", "no meaning at this level"),
        ResultReason.NoBaseline => new("缺少改造前基线", "no baseline"),
        ResultReason.NoCommonUnit => new("计量单位不一致", "no common unit"),
        ResultReason.NoData => new("没有数据", "no data"),
        ResultReason.LossExceedsTail => new("丢包超出分位", "losses reach beyond the quantile"),
        ResultReason.ZeroDenominator => new("分母为零", "the denominator is zero"),
        ResultReason.Disclosure => new("涉及单个企业，保密", "would disclose single enterprises"),
        ResultReason.TooFewDevices => new("关键设备过少", "too few key devices"),
        ResultReason.TooFewSamples => new("采样点过少", "too few samples"),
        ResultReason.TooFewCells => new("实测栅格过少", "too few measured cells"),
        ResultReason.MeasuredShareLow => new("实测面积不足", "too little of the area was measured"),
        ResultReason.TooFewDays => new("生产天数不足", "too few production days"),
        ResultReason.TooFewWeeks => new("独立周数不足", "too few weeks"),
        ResultReason.TooFewMonths => new("成本月数不足", "too few cost months"),
        ResultReason.MatchedShareLow => new("可比投入占比过低", "too little of the input is comparable"),
        ResultReason.MissingShareHigh => new("缺失比例过高", "too much is missing"),
        ResultReason.CompletenessLow => new("数据完整率过低", "the records are too incomplete"),
        _ => Bilingual.Same(ResultNames.Of(reason)),
    };

    /// <summary>A single flag.</summary>
    public static Bilingual OfFlag(ResultFlags flag) => flag switch
    {
        ResultFlags.ClockSkew => new("设备时钟偏差", "clock skew"),
        ResultFlags.CompletenessWarn => new("完整率低于80 %", "completeness below 80 %"),
        ResultFlags.Conflict => new("记录有冲突，已取最新版本", "conflicting records were resolved"),
        ResultFlags.InputSkipped => new("有输入被跳过", "input was skipped"),
        ResultFlags.MatchedShareWarn => new("可比投入低于90 %", "less than 90 % of the input is comparable"),
        ResultFlags.MissingShareWarn => new("缺失高于5 %", "more than 5 % missing"),
        ResultFlags.NoSeasonMatch => new("基线与改造后不同季节", "baseline of another season"),
        ResultFlags.NoSitePlan => new("无厂区栅格规划", "no site plan"),
        ResultFlags.Partial => new("统计期不完整", "partial window"),
        ResultFlags.PerformanceAbove100 => new("性能率超过100 %", "performance above 100 %"),
        ResultFlags.PhasesGiven => new("阶段为人工指定", "phases given by hand"),
        ResultFlags.Remodelled => new("产线有两次投产", "a line has two go-lives"),
        ResultFlags.Review => new("有待人工核实", "to be reviewed"),
        ResultFlags.Simpson => new("合并口径与结构口径方向相反", "pooled and adjusted signs differ"),
        ResultFlags.SingleDeviceDay => new("仅一台设备一天的样本", "one device on one day"),
        ResultFlags.StructureChanged => new("产品结构变化大", "the product mix changed"),
        ResultFlags.UnregisteredDevices => new("有未登记设备", "unregistered devices"),
        _ => Bilingual.Same(flag.ToString()),
    };

    /// <summary>A verdict on a declared figure.</summary>
    public static Bilingual Of(DeclaredVerdict verdict) => verdict switch
    {
        DeclaredVerdict.Consistent => new("一致", "consistent"),
        DeclaredVerdict.Overstated => new("高报", "overstated"),
        DeclaredVerdict.Understated => new("低报", "understated"),
        _ => new("无法核验", "unverifiable"),
    };

    /// <summary>A key of grouping.</summary>
    public static Bilingual OfKey(string key) => key switch
    {
        "province" => new("省", "Province"),
        "city" => new("市", "City"),
        "district" => new("区县", "District"),
        "park" => new("园区", "Park"),
        "zone" => new("先导区", "Pilot zone"),
        "industry" => new("行业", "Industry"),
        "class" => new("类别", "Class"),
        "operator" => new("运营商", "Operator"),
        "enterprise" => new("企业", "Enterprise"),
        "factory" => new("工厂", "Factory"),
        "workshop" => new("车间", "Workshop"),
        "line" => new("产线", "Line"),
        "product" => new("产品", "Product"),
        "device" => new("设备", "Device"),
        _ => Bilingual.Same(key),
    };
}
