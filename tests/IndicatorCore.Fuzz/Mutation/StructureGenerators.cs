using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Fuzz.Seeds;

namespace IndicatorCore.Fuzz.Mutation;

/// <summary>Generators of structural changes: lengths, offsets, counts and indices, one to three at a time.</summary>
internal static class StructureGenerators
{
    /// <summary>A change of one of the seeds that have sites.</summary>
    public static Gen<StructureChange> Changes(IEnumerable<Seed> seeds) =>
        from seed in Gen.Elements(seeds.Where(static seed => seed.Sites.Length > 0))
        from count in Gen.Frequency((6, Gen.Constant(1)), (3, Gen.Constant(2)), (1, Gen.Constant(3)))
        from edits in Edit(seed.Sites.Length).ArrayOf(count)
        from messages in Gen.Frequency((12, Gen.Constant(MessageChange.None)), (1, Gen.Elements(Enum.GetValues<MessageChange>())))
        from message in Gen.Choose(0, 63)
        select new StructureChange(seed, edits, messages, message);

    private static Gen<Edit> Edit(int sites) =>
        from site in Gen.Choose(0, sites - 1)
        from way in Gen.Frequency(
            (5, Gen.Constant(EditWay.Add)),
            (2, Gen.Constant(EditWay.Scale)),
            (4, Gen.Constant(EditWay.Border)),
            (2, Gen.Constant(EditWay.NearLength)),
            (3, Gen.Constant(EditWay.Borrow)),
            (1, Gen.Constant(EditWay.Any)))
        from operand in way switch
        {
            EditWay.Add => Gen.Elements(1L, -1, 2, -2, 4, -4, 7, 8, -8, 16, -16, 64, 255, 256, -256, 65_536),
            EditWay.NearLength => Gen.Elements(0L, 1, -1, 4, -4, 8, -8),
            _ => from number in Gen.Choose(int.MinValue, int.MaxValue) select (long)number,
        }
        select new Edit(site, way, operand);
}
