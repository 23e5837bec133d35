using IndicatorCore.Fuzz.Seeds;

namespace IndicatorCore.Fuzz.Campaigns;

/// <summary>Every small input cut at every byte.</summary>
internal sealed class TruncationCampaign : Campaign
{
    private readonly Lazy<SeedItems> _items = new(static () => new SeedItems(SeedLibrary.Small, 1));

    public override string Name => "truncation";

    public override long Available => _items.Value.Count;

    public override int Share => 60;

    public override string? Absent => SeedLibrary.Absent;

    public override FuzzInput Make(long item, ulong seed)
    {
        var (from, length) = _items.Value[item];
        return new FuzzInput(from.IsFile ? InputKind.File : InputKind.Stream, $"{from} cut to {length} bytes", from.Bytes[..length])
        {
            Seed = from,
            IsCut = true,
            Variant = (int)item,
        };
    }
}
