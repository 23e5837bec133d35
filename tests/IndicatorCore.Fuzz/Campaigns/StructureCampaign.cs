using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Fuzz.Mutation;
using IndicatorCore.Fuzz.Seeds;

namespace IndicatorCore.Fuzz.Campaigns;

/// <summary>Lengths, offsets, counts and indices changed, wherever a small input has some: the generators of the tests, for volume.</summary>
internal sealed class StructureCampaign : Campaign
{
    private readonly Lazy<Gen<StructureChange>> _changes = new(static () => StructureGenerators.Changes(SeedLibrary.Small));

    public override string Name => "structure";

    public override long Available => long.MaxValue;

    public override int Share => 200;

    public override string? Absent => SeedLibrary.Absent;

    public override FuzzInput Make(long item, ulong seed)
    {
        var change = _changes.Value.Sample(50, new Rnd(Mix.Of(seed, (ulong)item)), 1).First();
        return new FuzzInput(change.Seed.IsFile ? InputKind.File : InputKind.Stream, change.ToString(), change.Apply())
        {
            Seed = change.Seed,
            Variant = (int)(item % int.MaxValue),
        };
    }
}
