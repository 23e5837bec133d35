using IndicatorCore.Indicators.Declared;
using IndicatorCore.Registry;

namespace IndicatorCore.Tests.Indicators.Declared;

public sealed class DeclaredFindingsTests
{
    [Fact]
    public void What_cannot_be_held_against_a_figure_is_found()
    {
        var registry = new IndicatorRegistry
        {
            Declared =
            [
                new("F1", "knr", "92%"), new("F1", "关键设备联网率", "95%以上"), new("P1", "thr_ul@2024-Q1", "100 Mbps"), new("F1", "bs_macro", "12"),
                new("F1", "knt", "92%"), new("F1", "企业荣誉", "1"), new("F1", "cov_grid", "全覆盖了"), new("F1", "cost_red", ""), new("F1", "knr", "12ms"), new("F1", "knr", "提升10%"),
            ],
        };
        Assert.Equal(
            [
                "4 UnknownReference indicator F1 declares knt, which no indicator measures. | Did you mean knr?",
                "5 UnknownReference indicator F1 declares 企业荣誉, which no indicator measures. | See 'indicators catalog'; what is only declared can stay.",
                "6 Malformed text \"全覆盖了\" of F1 is no figure that can be read. | Such as 95%, 95%以上, 约9% or 12台.",
                "7 Malformed text F1 declares nothing for cost_red. | Such as 95%, 95%以上, 约9% or 12台.",
                "8 Contradiction text \"12ms\" of F1 does not go with knr, which is measured in ratio. | Write it with the unit; of ratios with %.",
                "9 Contradiction text \"提升10%\" of F1 does not go with knr, which is measured in ratio. | Declare the level, not its rise or fall.",
            ],
            DeclaredFindings.Of(registry).Select(static finding => $"{finding.Row} {finding.Kind} {finding.Column} {finding.Problem} | {finding.Advice}"));
    }
}
