using IndicatorCore.Fuzz.Mutation;
using IndicatorCore.Fuzz.Seeds;

namespace IndicatorCore.Fuzz.Campaigns;

/// <summary>Every bit of every small input flipped, every byte set to the values that limits are made of; read by both readers.</summary>
internal sealed class ByteCampaign : Campaign
{
    private readonly Lazy<SeedItems> _items = new(static () => new SeedItems(SeedLibrary.Small, ByteChange.PerByte));

    public override string Name => "bytes";

    public override long Available => _items.Value.Count;

    public override int Share => 400;

    public override string? Absent => SeedLibrary.Absent;

    public override FuzzInput Make(long item, ulong seed)
    {
        var (from, change) = _items.Value[item];
        return new FuzzInput(
            from.IsFile ? InputKind.File : InputKind.Stream, $"{from}, {ByteChange.Describe(change)}", ByteChange.Apply(from.Bytes, change))
        {
            Seed = from,
            Variant = (int)(item % int.MaxValue),
        };
    }
}
