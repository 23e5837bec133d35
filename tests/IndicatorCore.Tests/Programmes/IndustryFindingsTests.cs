using IndicatorCore.Programmes.Codes;
using IndicatorCore.Registry;

namespace IndicatorCore.Tests.Programmes;

public sealed class IndustryFindingsTests
{
    [Fact]
    public void Industries_of_any_list_and_divisions_of_the_national_standard_are_known()
    {
        string?[] known = ["装备", "电子设备制造", "食品医药", "船舶", "39", "C39", null];
        string[] unknown = ["装备制早", "软件", "00", "Z9"];
        var registry = new IndicatorRegistry
        {
            Factories = [.. known.Concat(unknown).Select(static industry => new FactoryRecord { Factory = "F", Industry = industry })],
        };
        var findings = IndustryFindings.Of(registry);
        Assert.Equal([7, 8, 9, 10], findings.Select(static finding => finding.Row!.Value));
        Assert.Equal("Did you mean 装备制造?", findings[0].Advice);
        Assert.Contains("采矿", findings[1].Advice, StringComparison.Ordinal);
    }
}
