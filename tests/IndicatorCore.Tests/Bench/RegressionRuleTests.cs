using IndicatorCore.Bench.Guards;
using IndicatorCore.Bench.Regression;

namespace IndicatorCore.Tests.Bench;

public sealed class RegressionRuleTests
{
    public static TheoryData<double, double, int, string> Intervals { get; } = new()
    {
        { 1.071, 1.2, 60, nameof(RegressionVerdict.Regressed) },
        { 1.071, 1.2, 1_000, nameof(RegressionVerdict.Regressed) },
        { 1.07, 1.2, 60, nameof(RegressionVerdict.Holds) },
        { 1.04, 1.06, 999, nameof(RegressionVerdict.Holds) },
        { 1.04, 1.06, 1_000, nameof(RegressionVerdict.Slower) },
        { 1.04, 1.30, 1_000, nameof(RegressionVerdict.Slower) },
        { 0.90, 0.96, 999, nameof(RegressionVerdict.Holds) },
        { 0.90, 0.96, 1_000, nameof(RegressionVerdict.Faster) },
        { 0.98, 1.02, 999, nameof(RegressionVerdict.Holds) },
        { 0.98, 1.02, 1_000, nameof(RegressionVerdict.Equal) },
        { 0.98, 1.04, 1_000, nameof(RegressionVerdict.Holds) },
        { 0.96, 1.02, 1_000, nameof(RegressionVerdict.Holds) },
    };

    [Theory]
    [MemberData(nameof(Intervals))]
    public void Only_a_whole_interval_and_for_fine_claims_only_the_long_form_decide(double low, double high, int pairs, string verdict) =>
        Assert.Equal(verdict, RegressionRule.Judge(new PairedRatio((low + high) / 2, low, high), pairs).ToString());

    [Fact]
    public void A_path_that_cannot_be_run_is_not_reported_as_one_that_holds()
    {
        var line = new PathResult("ipc", null, 0, RegressionVerdict.New, [], "Method not found").ToString();

        Assert.Contains("Method not found", line, StringComparison.Ordinal);
        Assert.Contains("NEW", line, StringComparison.Ordinal);
        Assert.DoesNotContain("holds", line, StringComparison.Ordinal);
    }
}
