using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.UserDefined;

namespace IndicatorCore.Tests.Indicators.UserDefined;

/// <summary>Expressions over indicators: their grammar, their algebra, and where errors point.</summary>
public sealed class UserExpressionTests
{
    [Theory]
    [InlineData("1 + 2 * 3", 7, 1)]
    [InlineData("(1 + 2) * 3", 9, 1)]
    [InlineData("7 - 2 - 1", 4, 1)]
    [InlineData("8 / 4 / 2", 1, 1)]
    [InlineData("-a + a", 0, 1)]
    [InlineData("--a", 6, 1)]
    [InlineData("2 * -a", -12, 1)]
    [InlineData("min(a, 4, b.c)", 4, 1)]
    [InlineData("max( min(a,4) , 1e-1 )", 4, 1)]
    [InlineData("1.25e1 / a", 25, 12)]
    [InlineData("min(a)", 6, 1)]
    [InlineData("min - max", -1, 1)]
    public void Are_evaluated_exactly(string text, int numerator, int denominator) =>
        Assert.Equal(new Rational(numerator, denominator), Parse(text).Evaluate(static id => Whole(id switch { "a" => 6, "b.c" => 7, "min" => 1, _ => 2 })));

    [Theory]
    [InlineData("", 1, "ends where")]
    [InlineData("a +", 4, "ends where")]
    [InlineData("a b", 3, "+, -, * or / is expected, and is b")]
    [InlineData("a + (b * c", 5, "not closed")]
    [InlineData("a)", 2, "not open")]
    [InlineData("a + %", 5, "a number, an id or ( is expected, and is %")]
    [InlineData("sum(a)", 1, "calls sum, which is no function")]
    [InlineData("min(a b)", 7, ") or an operator is expected, and is b")]
    [InlineData("1.", 3, "a digit is expected")]
    [InlineData("1e", 3, "a digit is expected")]
    [InlineData("1e31", 1, "an exponent beyond 30")]
    [InlineData("2 + 1234567890123456789012345678901", 5, "more than 30 digits")]
    [InlineData("A", 1, "and is A")]
    public void Errors_name_the_character(string text, int character, string problem)
    {
        var fault = Assert.Throws<ConfigurationException>(() => Parse(text));
        Assert.StartsWith($"{character}: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_text_is_an_expression_or_an_error()
    {
        const string Letters = "ab.(),+-*/ 019eE_mMinax\t\"\\é𠮷%";
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            var text = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => Letters[random.Next(Letters.Length)])]);
            try
            {
                Parse(text).Evaluate(static _ => Whole(3));
            }
            catch (ConfigurationException)
            {
                // what it is for
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
        Assert.Throws<ConfigurationException>(() => Parse(new string('(', 100_000)));
        Assert.Throws<ConfigurationException>(() => Parse(new string('-', 100_000) + "a"));
        Assert.Throws<ConfigurationException>(() => Parse(string.Join('+', Enumerable.Repeat("a", 1_000))));
    }

    [Fact]
    public void The_algebra_of_fractions_holds() => Prop.ForAll<int, int, int>((a, b, c) =>
    {
        Same("a * (b + c)", "a * b + a * c");
        Same("a - b - c", "a - (b + c)");
        Same("min(a, b) + max(a, b)", "a + b");
        Same("max(a, b, c)", "-min(-a, -b, -c)");
        Same("a / b / c", "a / (b * c)");
        Same("a - a", "0");
        Assert.Equal(a == 0 ? null : Whole(1), Parse("a / a").Evaluate(Value));

        void Same(string left, string right) => Assert.Equal(Parse(left).Evaluate(Value), Parse(right).Evaluate(Value));

        Rational Value(string id) => Whole(id == "a" ? a : id == "b" ? b : c);
    }).Check(Config.QuickThrowOnFailure);

    [Theory]
    [InlineData("used / made", "kWh/t")]
    [InlineData("used + 2", "kWh")]
    [InlineData("used * made", "kWh·t")]
    [InlineData("used / used", "ratio")]
    [InlineData("max(used, 0) - used", "kWh")]
    [InlineData("1 / made", "1/t")]
    [InlineData("used * used / made", "kWh^2/t")]
    public void Units_follow_the_expression(string text, string unit) => Assert.Equal(unit, Read(text)!.Unit);

    [Theory]
    [InlineData("used + made", "indicators[2].combine at character 6 (line 5, column 38) adds kWh and t")]
    [InlineData("1 + min(used, made)", "indicators[2].combine at character 5 (line 5, column 37) compares")]
    [InlineData("used / maed", "indicators[2].combine at character 8 (line 5, column 40) names maed, which is no indicator")]
    [InlineData("used / both", "is made of itself: both and again both")]
    [InlineData("used *", "indicators[2].combine at character 7 (line 5, column 39) ends where")]
    [InlineData("1 + 1", "indicators[2].combine names no indicator")]
    public void Errors_point_into_the_file(string text, string problem)
    {
        var fault = Assert.Throws<ConfigurationException>(() => Read(text));
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
        Assert.Equal(("mine.jsonc", 5L), (fault.Location.File, fault.Location.Row));
    }

    [Fact]
    public void Blanks_and_parentheses_do_not_change_the_digest()
    {
        Assert.Equal(Set("(used)/made").Digest, Set("used / made").Digest);
        Assert.Equal(Parse("(a)+(b)").Key, Parse("a + b").Key);
        Assert.NotEqual(Parse("a - b").Key, Parse("b - a").Key);
        Assert.NotEqual(Set("used / made").Digest, Set("made / used").Digest);
    }

    [Fact]
    public void Circles_are_refused()
    {
        const string Circle = """{ "indicators": [ { "id": "a", "combine": "b + 1" }, { "id": "b", "combine": "c * 2" }, { "id": "c", "combine": "a" } ] }""";
        var fault = Assert.Throws<ConfigurationException>(() => UserIndicatorSet.Parse(Circle, "mine.jsonc"));
        Assert.Contains("is made of itself: a, b, c and again a", fault.Message, StringComparison.Ordinal);
    }

    private static UserExpression Parse(string text) =>
        new UserExpressionParser(text, static (at, problem, advice) => new ConfigurationException($"{at + 1}: {problem}", advice: advice)).Parse();

    private static IndicatorDescription? Read(string combine) => Set(combine).Indicators.Single(static indicator => indicator.Id == "both");

    private static UserIndicatorSet Set(string combine) => UserIndicatorSet.Parse(
        $$"""
        { "table": "energy",
          // three
          "indicators": [ { "id": "used", "aggregate": "sum", "column": "kwh" },
            { "id": "made", "unit": "t", "aggregate": "sum", "column": "q_good" },
            { "id": "both", "combine": "{{combine}}" } ] }
        """,
        "mine.jsonc");

    private static Rational Whole(long value) => new(value, 1);
}
