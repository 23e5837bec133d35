using IndicatorCore.Bench.Regression;

namespace IndicatorCore.Tests.Bench;

public sealed class RegressionOptionsTests
{
    [Fact]
    public void Without_arguments_it_is_the_long_form() => Assert.Equal(1_000, RegressionOptions.Parse([]).Pairs);

    [Fact]
    public void All_arguments_are_taken()
    {
        var options = RegressionOptions.Parse(["--pairs", "100", "--baseline", "v1", "--self", "--only", "ipc", "--out", "a.json"]);

        Assert.Equal(new RegressionOptions { Pairs = 100, Baseline = "v1", Self = true, Only = "ipc", Out = "a.json" }, options);
        Assert.Equal(60, RegressionOptions.Parse(["--quick"]).Pairs);
    }

    [Theory]
    [InlineData("--pairs")]
    [InlineData("--pairs", "59")]
    [InlineData("--pairs", "many")]
    [InlineData("--fast")]
    public void What_makes_no_sense_is_refused(params string[] arguments) =>
        Assert.Throws<FormatException>(() => RegressionOptions.Parse(arguments));
}
