using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Registry;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>A count of assets in force at the reference date, distinct by asset id (indicator-definitions 8).</summary>
internal sealed class AssetCountDefinition : RegistryCountDefinition
{
    private readonly string _kind;

    /// <summary>The definition of a kind.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="kind">The kind of asset.</param>
    /// <param name="chineseName">As forms print it.</param>
    /// <param name="englishName">Its name.</param>
    /// <param name="note">What is counted once, or not at all.</param>
    public AssetCountDefinition(string id, string kind, string chineseName, string englishName, string note)
    {
        _kind = kind;
        Description = new()
        {
            Id = id,
            ChineseName = chineseName,
            EnglishName = englishName,
            Formula = $"distinct assets of kind {kind} in force at the reference date; where a factory or zone lists none, the count that its row prints; {note}",
            Unit = "1",
            Needs = [new() { Source = IndicatorNeed.Registry, Required = ["assets|factories|zones"] }],
            State = "none: the registry",
            Weights = "distinct assets by union; printed counts are added",
            PublicationRule = "where anything is listed or printed; a zone's own count needs no disclosure control",
            Sources = ["indicator-definitions 3.4, 8", "programme-forms 1.1, 3.2, 4"],
        };
    }

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; }

    /// <summary>A zone's own count is made of no enterprise's.</summary>
    public override bool IsJudged(IndicatorRow row) => row.Evidence?.Additional.Count is null or 0;

    /// <inheritdoc/>
    protected override bool HasAny(IndicatorRegistry registry) => new AssetCounts(registry, [_kind], total: null).HasAny;

    /// <inheritdoc/>
    protected override IEnumerable<IndicatorRow> Rows(ReportContext report, RegistryIndex registry, RegistryGroups groups, int day) =>
        new AssetCounts(registry.Registry, [_kind], total: null).By(registry, groups, day).Groups.Select(group => Figure.Judge(
            Row(group.Group, group.Total.Count) with
            {
                Evidence = group.Total.IsOfZone ? new Evidence { Additional = [KeyValuePair.Create("input", new EvidenceValue { Text = "zone" })] } : new Evidence(),
            },
            notAvailable: null,
            suppressed: null));
}
