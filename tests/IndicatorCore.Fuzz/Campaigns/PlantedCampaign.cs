namespace IndicatorCore.Fuzz.Campaigns;

/// <summary>Ten inputs of which six are planted defects; runs only when it is named.</summary>
internal sealed class PlantedCampaign : Campaign
{
    public override string Name => "planted";

    public override long Available => 10;

    public override int Share => 0;

    public override FuzzInput Make(long item, ulong seed) => new(InputKind.Planted, $"planted defect {item}", [(byte)item]);
}
