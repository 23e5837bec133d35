using IndicatorCore.Programmes.Codes;

namespace IndicatorCore.Tests.Programmes;

public sealed class IndustryCodesTests
{
    [Theory]
    [InlineData("轻工", IndustryList.National, "家电", IndustryRelation.Broader)]
    [InlineData("家电", IndustryList.Liaoning, "轻工", IndustryRelation.Narrower)]
    [InlineData("装备", IndustryList.National, "装备制造", IndustryRelation.Exact)]
    [InlineData("电子设备制造", IndustryList.Liaoning, "电子", IndustryRelation.Exact)]
    [InlineData("石化", IndustryList.Tianjin, "石化化工", IndustryRelation.Exact)]
    [InlineData("船舶", IndustryList.Liaoning, "装备", IndustryRelation.Narrower)]
    [InlineData("装备制造", IndustryList.Guangdong, "装备", IndustryRelation.Exact)]
    [InlineData("轻工", IndustryList.Liaoning, "轻工", IndustryRelation.Exact)]
    public void Names_of_one_list_map_to_another(string name, IndustryList list, string mapped, IndustryRelation relation) =>
        Assert.Equal(new IndustryMapping(mapped, relation), IndustryCodes.Map(name, list));

    [Theory]
    [InlineData("食品医药", IndustryList.National)]
    [InlineData("其它", IndustryList.Liaoning)]
    [InlineData("养殖", IndustryList.Tianjin)]
    public void What_has_no_counterpart_maps_to_nothing(string name, IndustryList list) => Assert.Null(IndustryCodes.Map(name, list));

    [Fact]
    public void Recommended_scenarios_have_the_printed_numbers()
    {
        Assert.Equal([6, 5, 6, 9, 5, 5, 14, 6, 5, 5], IndustryCodes.Of(IndustryList.Liaoning).Select(static industry => IndustryCodes.Recommended(industry).Count));
        Assert.Equal([3, 5, 7, 3, 4], ScenarioStages.Boxes.Select(static stage => stage.Value.Count));
        Assert.Equal(14, ConstructionElements.All.Count);
    }
}
