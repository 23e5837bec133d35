using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Declared;

namespace IndicatorCore.Tests.Indicators.Declared;

public class DeclaredTextTests
{
    /// <summary>What is typed, and what it says as relation, value, unit.</summary>
    public static TheoryData<string, string> Figures() => new()
    {
        { "30%", "= 0.3 Ratio" },
        { "约30%", "≈ 0.3 Ratio" },
        { "30%以上", "≥ 0.3 Ratio" },
        { "＞30%", "> 0.3 Ratio" },
        { ">30%", "> 0.3 Ratio" },
        { "≥30％", "≥ 0.3 Ratio" },
        { ">=30%", "≥ 0.3 Ratio" },
        { "＞＝30%", "≥ 0.3 Ratio" },
        { "≧30%", "≥ 0.3 Ratio" },
        { "不低于30%", "≥ 0.3 Ratio" },
        { "不少于30%", "≥ 0.3 Ratio" },
        { "至少30%", "≥ 0.3 Ratio" },
        { "大于等于30%", "≥ 0.3 Ratio" },
        { "大于或等于30%", "≥ 0.3 Ratio" },
        { "30%及以上", "≥ 0.3 Ratio" },
        { "30%或以上", "≥ 0.3 Ratio" },
        { "30%+", "≥ 0.3 Ratio" },
        { "不低于30%以上", "≥ 0.3 Ratio" },
        { "30%以上（含）", "≥ 0.3 Ratio" },
        { "30%以上（不含）", "> 0.3 Ratio" },
        { "30%左右", "≈ 0.3 Ratio" },
        { "近30%", "≈ 0.3 Ratio" },
        { "将近30%", "≈ 0.3 Ratio" },
        { "接近30%", "≈ 0.3 Ratio" },
        { "大约30%", "≈ 0.3 Ratio" },
        { "约为30%", "≈ 0.3 Ratio" },
        { "≈30%", "≈ 0.3 Ratio" },
        { "~30%", "≈ 0.3 Ratio" },
        { "30%上下", "≈ 0.3 Ratio" },
        { "约30%左右", "≈ 0.3 Ratio" },
        { "超过30%", "> 0.3 Ratio" },
        { "超30%", "> 0.3 Ratio" },
        { "高于30%", "> 0.3 Ratio" },
        { "大于30%", "> 0.3 Ratio" },
        { "突破30%", "> 0.3 Ratio" },
        { "不超过30%", "≤ 0.3 Ratio" },
        { "不高于30%", "≤ 0.3 Ratio" },
        { "不大于30%", "≤ 0.3 Ratio" },
        { "至多30%", "≤ 0.3 Ratio" },
        { "≤30%", "≤ 0.3 Ratio" },
        { "＜＝30%", "≤ 0.3 Ratio" },
        { "30%以下", "≤ 0.3 Ratio" },
        { "30%以内", "≤ 0.3 Ratio" },
        { "控制在30%以内", "≤ 0.3 Ratio" },
        { "30%以下（不含）", "< 0.3 Ratio" },
        { "＜30%", "< 0.3 Ratio" },
        { "低于30%", "< 0.3 Ratio" },
        { "不足30%", "< 0.3 Ratio" },
        { "不到30%", "< 0.3 Ratio" },
        { "30%~35%", "0.3..0.35 Ratio" },
        { "30%～35%", "0.3..0.35 Ratio" },
        { "30-35%", "0.3..0.35 Ratio" },
        { "30—35%", "0.3..0.35 Ratio" },
        { "30%——35%", "0.3..0.35 Ratio" },
        { "30%至35%", "0.3..0.35 Ratio" },
        { "30到35%", "0.3..0.35 Ratio" },
        { "30% - 35%", "0.3..0.35 Ratio" },
        { "在30%和35%之间", "0.3..0.35 Ratio" },
        { "介于30%与35%之间", "0.3..0.35 Ratio" },
        { "约30%~35%", "0.3..0.35 Ratio" },
        { "-5%~5%", "-0.05..0.05 Ratio" },
        { "-5%--3%", "-0.05..-0.03 Ratio" },
        { "提升30%", "+ = 0.3 Ratio" },
        { "提高30%", "+ = 0.3 Ratio" },
        { "增长了30%", "+ = 0.3 Ratio" },
        { "提升约30%", "+ ≈ 0.3 Ratio" },
        { "提升30%以上", "+ ≥ 0.3 Ratio" },
        { "生产效率提升30%", "+ = 0.3 Ratio" },
        { "降低15%", "- = 0.15 Ratio" },
        { "生产成本下降超过15.5%", "- > 0.155 Ratio" },
        { "提升至95%", "= 0.95 Ratio" },
        { "提高到95%", "= 0.95 Ratio" },
        { "达到95%", "= 0.95 Ratio" },
        { "达95%以上", "≥ 0.95 Ratio" },
        { "关键设备联网率达到95%", "= 0.95 Ratio" },
        { "5G网络覆盖率：98.5%", "= 0.985 Ratio" },
        { "降至5ms", "= 0.005 Second" },
        { "百分之三十", "= 0.3 Ratio" },
        { "百分之三十点五", "= 0.305 Ratio" },
        { "约百分之三十五", "≈ 0.35 Ratio" },
        { "百分之30", "= 0.3 Ratio" },
        { "百分之一百", "= 1 Ratio" },
        { "百分之百以上", "BAD MalformedNumber" },
        { "千分之五", "= 0.005 Ratio" },
        { "万分之三", "= 0.0003 Ratio" },
        { "三分之一", "= 1/3 Ratio" },
        { "三分之二以上", "≥ 2/3 Ratio" },
        { "1/3", "= 1/3 Ratio" },
        { "一半", "= 0.5 Ratio" },
        { "三成", "= 0.3 Ratio" },
        { "三成五", "= 0.35 Ratio" },
        { "3成以上", "≥ 0.3 Ratio" },
        { "３０％", "= 0.3 Ratio" },
        { "３０．５％", "= 0.305 Ratio" },
        { "－５％", "= -0.05 Ratio" },
        { "负5%", "= -0.05 Ratio" },
        { "+30%", "= 0.3 Ratio" },
        { " 30 % ", "= 0.3 Ratio" },
        { "30%。", "= 0.3 Ratio" },
        { "0%", "= 0 Ratio" },
        { "100%", "= 1 Ratio" },
        { "30‰", "= 0.03 Ratio" },
        { "30个百分点", "= 0.3 Points" },
        { "提升30个百分点", "+ = 0.3 Points" },
        { "30百分点", "= 0.3 Points" },
        { "5pp", "= 0.05 Points" },
        { "0.3", "= 0.3 None" },
        { "30", "= 30 None" },
        { "０.3", "= 0.3 None" },
        { "12台", "= 12 Count" },
        { "12台(套)", "= 12 Count" },
        { "12 台套", "= 12 Count" },
        { "十二台", "= 12 Count" },
        { "两台", "= 2 Count" },
        { "共12个场景", "= 12 Count" },
        { "5个以上", "≥ 5 Count" },
        { "30余台", "> 30 Count" },
        { "30多台", "> 30 Count" },
        { "一百二十三个", "= 123 Count" },
        { "一千零五个", "= 1005 Count" },
        { "一万零二百个", "= 10200 Count" },
        { "两千三百台", "= 2300 Count" },
        { "二〇二四", "= 2024 None" },
        { "1.2万台", "= 12000 Count" },
        { "1,200万元", "= 12000000 Yuan" },
        { "1，200万元", "= 12000000 Yuan" },
        { "1,200,300.50元", "= 1200300.5 Yuan" },
        { "约1.5亿元", "≈ 150000000 Yuan" },
        { "3百万元", "= 3000000 Yuan" },
        { "一千二百万元", "= 12000000 Yuan" },
        { "一亿零五百万元", "= 105000000 Yuan" },
        { "5-10万元", "50000..100000 Yuan" },
        { "1200万元整", "= 12000000 Yuan" },
        { "20ms", "= 0.02 Second" },
        { "20 毫秒以内", "≤ 0.02 Second" },
        { "1~2小时", "3600..7200 Second" },
        { "100ms~1s", "0.1..1 Second" },
        { "100Mbps", "= 100000000 BitPerSecond" },
        { "1Gbit/s以上", "≥ 1000000000 BitPerSecond" },
        { "1200千瓦时", "= 1200 KilowattHour" },
        { "3万千瓦时", "= 30000 KilowattHour" },
        { "1200㎡", "= 1200 SquareMetre" },
        { "1.5万平方米", "= 15000 SquareMetre" },
        { "-95dBm", "= -95 DecibelMilliwatt" },
        { "15dB", "= 15 Decibel" },
        { "2倍", "= 2 Times" },
        { "85分", "= 85 Score" },

        // what is not understood as a whole is not guessed
        { "", "BAD Empty" },
        { "  ", "BAD Empty" },
        { "良好", "BAD NoNumber" },
        { "%", "BAD NoNumber" },
        { "约", "BAD NoNumber" },
        { "全覆盖", "BAD NoNumber" },
        { "三四十", "BAD MalformedNumber" },
        { "十几台", "BAD UnknownWords" },
        { "数十台", "BAD NoNumber" },
        { "一百二", "BAD MalformedNumber" },
        { "一万二元", "BAD MalformedNumber" },
        { "1,20元", "BAD MalformedNumber" },
        { "1 200元", "BAD MalformedNumber" },
        { "1.2.3%", "BAD MalformedNumber" },
        { "30.%", "BAD MalformedNumber" },
        { "1/0", "BAD MalformedNumber" },
        { "零分之一", "BAD MalformedNumber" },
        { "1e3", "BAD UnknownWords" },
        { "30%（目标35%）", "BAD UnknownWords" },
        { "同比提升30%", "BAD NoNumber" },
        { "由20%提升至35%", "BAD NoNumber" },
        { "30%, 35%", "BAD UnknownWords" },
        { "30MB/s", "BAD UnknownWords" },
        { "约30%以上", "BAD ContradictoryRelations" },
        { "超过30%以下", "BAD ContradictoryRelations" },
        { "30%以上以下", "BAD ContradictoryRelations" },
        { "30%~35%以上", "BAD ContradictoryRelations" },
        { "30%（含）", "BAD ContradictoryRelations" },
        { "35%~30%", "BAD ReversedInterval" },
        { "500-1万元", "BAD ReversedInterval" },
        { "30%-35", "BAD MixedUnits" },
        { "30%-35台", "BAD MixedUnits" },
        { "1234567890123456789012345678901%", "BAD TooLong" },
    };

    [Theory]
    [MemberData(nameof(Figures))]
    public void A_spelling_says_what_it_says_and_no_more(string typed, string says)
    {
        var text = DeclaredText.Parse(typed);
        Assert.Equal(says, Said(text));
        Assert.Equal(typed, text.Text);
    }

    [Fact]
    public void There_are_more_than_a_hundred_spellings_among_them() => Assert.True(Figures().Count > 150);

    [Fact]
    public void A_spelling_is_kept_with_what_its_last_digit_is_worth()
    {
        Assert.Equal("0.001", DeclaredText.Parse("30.5%").Resolution.ToString());
        Assert.Equal("10000", DeclaredText.Parse("1,200万元").Resolution.ToString());
        Assert.Equal("0.001", DeclaredText.Parse("20ms").Resolution.ToString());
    }

    [Fact]
    public void What_is_formatted_is_parsed_as_the_same_figure() => Prop.ForAll(Parsed().ToArbitrary(), static text =>
    {
        var again = DeclaredText.Parse(text.Format());
        return again with { Text = text.Text, Resolution = text.Resolution } == text;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Whole_numbers_in_characters_are_read_as_what_they_are() => Prop.ForAll(
        Gen.Choose(0, 999_999_999).ToArbitrary(),
        static number => DeclaredText.Parse(Characters(number) + "个") is { IsParsed: true } text && text.Value == DeclaredNumber.Of(number))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    [Fact]
    public void No_text_throws()
    {
        Prop.ForAll<string>(static text => text is null || DeclaredText.Parse(text).Text == text).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
        var pieces = Gen.Elements(
            "约", "30", "%", "~", "-", "以上", "百分之", "三", "十", "万", "零", "点", "分之", "/", "1,2", "(含)", "之间", "在", "提升", "至", "㎡", "成", "\ud800", "０", "余", " ", "\t", "个百分点", "不");
        Prop.ForAll(Gen.ListOf(pieces).Select(static list => string.Concat(list)).ToArbitrary(), static text => DeclaredText.Parse(text).Text == text)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
        Assert.Equal(DeclaredProblem.TooLong, DeclaredText.Parse(new string('3', 100_000)).Problem);
    }

    private static Gen<DeclaredText> Parsed()
    {
        var numbers =
            from numerator in Gen.Choose(-1_000_000, 1_000_000)
            from denominator in Gen.Elements(1, 10, 100, 1_000, 3, 7, 8)
            select DeclaredNumber.Of(numerator, denominator);
        return
            from value in numbers
            from width in Gen.Choose(0, 1_000)
            from relation in Gen.Elements(Enum.GetValues<DeclaredRelation>())
            from unit in Gen.Elements(Enum.GetValues<DeclaredUnit>())
            from change in Gen.Elements(Enum.GetValues<IndicatorChange>())
            where unit != DeclaredUnit.None || value.Denominator.IsOne || !value.ToString().Contains('/', StringComparison.Ordinal)
            select new DeclaredText
            {
                Text = "typed",
                Value = value,
                Upper = relation == DeclaredRelation.Interval ? value.Plus(DeclaredNumber.Of(width)) : null,
                Relation = relation,
                Unit = unit,
                Change = change,
            };
    }

    private static string Said(DeclaredText text)
    {
        if (!text.IsParsed)
        {
            return $"BAD {text.Problem}";
        }

        var change = text.Change switch { IndicatorChange.Increase => "+ ", IndicatorChange.Decrease => "- ", _ => string.Empty };
        var relation = text.Relation switch
        {
            DeclaredRelation.Approximate => "≈ ",
            DeclaredRelation.AtLeast => "≥ ",
            DeclaredRelation.GreaterThan => "> ",
            DeclaredRelation.AtMost => "≤ ",
            DeclaredRelation.LessThan => "< ",
            DeclaredRelation.Interval => string.Empty,
            _ => "= ",
        };
        return $"{change}{relation}{text.Value}{(text.Upper is { } upper ? $"..{upper}" : string.Empty)} {text.Unit}";
    }

    // the textbook's way, by sections of four digits
    private static string Characters(int number)
    {
        if (number == 0)
        {
            return "零";
        }

        string[] units = ["", "十", "百", "千"];
        string[] sections = ["", "万", "亿"];
        var digits = number.ToString().Select(static digit => digit - '0').ToArray();
        var text = string.Empty;
        var isZero = false;
        for (var i = 0; i < digits.Length; i++)
        {
            var place = digits.Length - 1 - i;
            if (digits[i] == 0)
            {
                isZero = true;
            }
            else
            {
                text += (isZero && text.Length > 0 ? "零" : "") + "零一二三四五六七八九"[digits[i]] + units[place % 4];
                isZero = false;
            }

            var hasSection = digits[Math.Max(0, i - 3)..(i + 1)].Any(static digit => digit > 0);
            if (place % 4 == 0 && place > 0 && hasSection && digits[^Math.Min(digits.Length, place + 4)..^place].Any(static digit => digit > 0))
            {
                text += sections[place / 4];
                isZero = false;
            }
        }

        return text.StartsWith("一十", StringComparison.Ordinal) ? text[1..] : text;
    }
}
