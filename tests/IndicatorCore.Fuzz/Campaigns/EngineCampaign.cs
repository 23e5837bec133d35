using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Fuzz.Mutation;
using IndicatorCore.Fuzz.Seeds;

namespace IndicatorCore.Fuzz.Campaigns;

/// <summary>Small exports with bytes and structure changed by turns, through whole runs of the engine.</summary>
internal sealed class EngineCampaign : Campaign
{
    private readonly Lazy<Gen<StructureChange>> _changes = new(static () => StructureGenerators.Changes(SeedLibrary.Exports));
    private readonly Lazy<SeedItems> _items = new(static () => new SeedItems(SeedLibrary.Exports, ByteChange.PerByte));

    public override string Name => "engine";

    // each change of a byte, and as many of structure
    public override long Available => 2 * _items.Value.Count;

    public override int Share => 85;

    public override FuzzInput Make(long item, ulong seed)
    {
        if (item % 2 == 0)
        {
            var (from, change) = _items.Value[item / 2];
            return Input(from, $"{from}, {ByteChange.Describe(change)}", ByteChange.Apply(from.Bytes, change), item);
        }

        var drawn = _changes.Value.Sample(50, new Rnd(Mix.Of(seed, (ulong)item)), 1).First();
        return Input(drawn.Seed, drawn.ToString(), drawn.Apply(), item);
    }

    private static FuzzInput Input(Seed seed, string what, byte[] bytes, long item) =>
        new(InputKind.Export, what, bytes) { Seed = seed, Variant = (int)(item % int.MaxValue) };
}
