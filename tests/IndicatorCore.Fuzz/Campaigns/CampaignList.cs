namespace IndicatorCore.Fuzz.Campaigns;

/// <summary>All campaigns by name.</summary>
internal static class CampaignList
{
    /// <summary>The campaigns in the order in which they run.</summary>
    public static IReadOnlyList<Campaign> All { get; } =
    [
        new CorpusCampaign(), new TruncationCampaign(), new ByteCampaign(), new StructureCampaign(),
        new EngineCampaign(), new Lz4BlockCampaign(), new Lz4FrameCampaign(),
    ];

    /// <summary>The campaign called so, or null.</summary>
    public static Campaign? Find(string name) => name == "planted" ? new PlantedCampaign() : All.FirstOrDefault(campaign => campaign.Name == name);

    /// <summary>How many inputs each campaign tries of <paramref name="inputs"/> in all: by its share, and what the finite ones leave goes to the drawn ones.</summary>
    public static IReadOnlyList<(Campaign Campaign, long Wanted)> Share(long inputs)
    {
        var plan = All.Select(campaign => (Campaign: campaign, Wanted: Math.Min(campaign.Available, inputs * campaign.Share / 1000))).ToArray();

        // the corpus is small and worth all of it
        plan[0].Wanted = plan[0].Campaign.Available;
        var drawn = plan.Where(static part => part.Campaign.Available == long.MaxValue).Sum(static part => part.Campaign.Share);
        var left = Math.Max(0, inputs - plan.Sum(static part => part.Wanted));
        return [.. plan.Select(part => part.Campaign.Available == long.MaxValue ? (part.Campaign, part.Wanted + (((left * part.Campaign.Share) + drawn - 1) / drawn)) : part)];
    }
}
