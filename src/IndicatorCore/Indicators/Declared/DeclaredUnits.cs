using System.Numerics;

namespace IndicatorCore.Indicators.Declared;

/// <summary>The units as forms print them, and what they are multiples of.</summary>
internal static class DeclaredUnits
{
    // longest first, so that the first that fits is the one meant
    private static readonly (string Text, DeclaredUnit Unit, BigInteger Numerator, BigInteger Denominator)[] s_units =
    [
        .. new (string, DeclaredUnit, BigInteger, BigInteger)[]
        {
            ("%", DeclaredUnit.Ratio, 1, 100),
            ("‰", DeclaredUnit.Ratio, 1, 1_000),
            ("成", DeclaredUnit.Ratio, 1, 10),
            ("个百分点", DeclaredUnit.Points, 1, 100),
            ("百分点", DeclaredUnit.Points, 1, 100),
            ("pp", DeclaredUnit.Points, 1, 100),
            ("倍", DeclaredUnit.Times, 1, 1),
            ("元", DeclaredUnit.Yuan, 1, 1),
            ("人民币", DeclaredUnit.Yuan, 1, 1),
            ("cny", DeclaredUnit.Yuan, 1, 1),
            ("纳秒", DeclaredUnit.Second, 1, 1_000_000_000),
            ("微秒", DeclaredUnit.Second, 1, 1_000_000),
            ("us", DeclaredUnit.Second, 1, 1_000_000),
            ("μs", DeclaredUnit.Second, 1, 1_000_000),
            ("毫秒", DeclaredUnit.Second, 1, 1_000),
            ("ms", DeclaredUnit.Second, 1, 1_000),
            ("秒", DeclaredUnit.Second, 1, 1),
            ("s", DeclaredUnit.Second, 1, 1),
            ("分钟", DeclaredUnit.Second, 60, 1),
            ("min", DeclaredUnit.Second, 60, 1),
            ("小时", DeclaredUnit.Second, 3_600, 1),
            ("h", DeclaredUnit.Second, 3_600, 1),
            ("bit/s", DeclaredUnit.BitPerSecond, 1, 1),
            ("bps", DeclaredUnit.BitPerSecond, 1, 1),
            ("kbit/s", DeclaredUnit.BitPerSecond, 1_000, 1),
            ("kbps", DeclaredUnit.BitPerSecond, 1_000, 1),
            ("mbit/s", DeclaredUnit.BitPerSecond, 1_000_000, 1),
            ("mbps", DeclaredUnit.BitPerSecond, 1_000_000, 1),
            ("gbit/s", DeclaredUnit.BitPerSecond, 1_000_000_000, 1),
            ("gbps", DeclaredUnit.BitPerSecond, 1_000_000_000, 1),
            ("kwh", DeclaredUnit.KilowattHour, 1, 1),
            ("千瓦时", DeclaredUnit.KilowattHour, 1, 1),
            ("度", DeclaredUnit.KilowattHour, 1, 1),
            ("gwh", DeclaredUnit.KilowattHour, 1_000_000, 1),
            ("m2", DeclaredUnit.SquareMetre, 1, 1),
            ("平方米", DeclaredUnit.SquareMetre, 1, 1),
            ("km2", DeclaredUnit.SquareMetre, 1_000_000, 1),
            ("平方公里", DeclaredUnit.SquareMetre, 1_000_000, 1),
            ("dbm", DeclaredUnit.DecibelMilliwatt, 1, 1),
            ("db", DeclaredUnit.Decibel, 1, 1),
            ("分", DeclaredUnit.Score, 1, 1),
        }.Concat("个 台 套 台套 台(套) 座 家 项 条 名 人 人次 次 种 类 处 件 辆 只 部 张 间 栋 户 起 篇 份 批 场 组 站 块 片 位 款 枚 架 门 类型".Split(' ').Distinct()
            .Select(static word => (word, DeclaredUnit.Count, BigInteger.One, BigInteger.One)))
            .OrderByDescending(static unit => unit.Item1.Length),
    ];

    // what may stand behind a count's measure word and changes nothing
    private static readonly string[] s_nouns =
        ["基站", "设备", "生产设备", "终端", "5g终端", "场景", "应用场景", "系统", "工厂", "5g工厂", "节点", "机器人", "模组", "传感器", "摄像头", "企业", "平台", "标准", "agv"];

    /// <summary>The unit at a place of a text, with its length; <see cref="DeclaredUnit.None"/> and 0 where none stands.</summary>
    public static (DeclaredUnit Unit, BigInteger Numerator, BigInteger Denominator, int Length) At(ReadOnlySpan<char> text)
    {
        foreach (var (name, unit, numerator, denominator) in s_units)
        {
            if (text.StartsWith(name, StringComparison.Ordinal))
            {
                var length = name.Length;
                return (unit, numerator, denominator, unit == DeclaredUnit.Count ? length + Noun(text[length..]) : length);
            }
        }

        return (DeclaredUnit.None, BigInteger.One, BigInteger.One, 0);
    }

    /// <summary>A unit as figures are written in it, and how many of these a unit is.</summary>
    public static (string Text, int Factor) Written(DeclaredUnit unit) => unit switch
    {
        DeclaredUnit.Ratio => ("%", 100),
        DeclaredUnit.Points => ("个百分点", 100),
        DeclaredUnit.Count => ("个", 1),
        DeclaredUnit.Times => ("倍", 1),
        DeclaredUnit.Yuan => ("元", 1),
        DeclaredUnit.Second => ("秒", 1),
        DeclaredUnit.BitPerSecond => ("bit/s", 1),
        DeclaredUnit.KilowattHour => ("kWh", 1),
        DeclaredUnit.SquareMetre => ("平方米", 1),
        DeclaredUnit.DecibelMilliwatt => ("dBm", 1),
        DeclaredUnit.Decibel => ("dB", 1),
        DeclaredUnit.Score => ("分", 1),
        _ => (string.Empty, 1),
    };

    private static int Noun(ReadOnlySpan<char> text)
    {
        var longest = 0;
        foreach (var noun in s_nouns)
        {
            longest = noun.Length > longest && text.StartsWith(noun, StringComparison.Ordinal) ? noun.Length : longest;
        }

        return longest;
    }
}
