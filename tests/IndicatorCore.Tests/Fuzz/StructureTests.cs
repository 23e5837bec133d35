using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Errors;
using IndicatorCore.Fuzz.Campaigns;
using IndicatorCore.Fuzz.Mutation;
using IndicatorCore.Fuzz.Seeds;
using IndicatorCore.Fuzz.Subjects;

namespace IndicatorCore.Tests.Fuzz;

/// <summary>Lengths, offsets, counts and indices changed by generators that shrink.</summary>
public sealed class StructureTests
{
    [Fact]
    public void A_changed_structure_is_refused_or_read_rightly()
    {
        using var subjects = new SubjectSet();
        var variant = 0;
        var accepted = 0;
        Prop.ForAll(Arb.ToArbitrary(StructureGenerators.Changes(SeedLibrary.Small), Smaller), change =>
        {
            var input = new FuzzInput(change.Seed.IsFile ? InputKind.File : InputKind.Stream, change.ToString(), change.Apply())
            {
                Seed = change.Seed,
                Variant = variant++,
            };
            accepted += subjects.Judge(input).Fault is null ? 1 : 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_500));
        Assert.InRange(accepted, 50, 1_200);
    }

    [Fact]
    public void A_changed_export_is_refused_or_counted_rightly()
    {
        using var subjects = new SubjectSet();
        var kinds = new HashSet<DataFault?>();
        Prop.ForAll(Arb.ToArbitrary(StructureGenerators.Changes(SeedLibrary.Exports), Smaller), change =>
        {
            kinds.Add(subjects.Judge(new FuzzInput(InputKind.Export, change.ToString(), change.Apply()) { Seed = change.Seed }).Fault);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
        Assert.Contains(null, kinds);
        Assert.Contains(DataFault.Malformed, kinds);
    }

    // a failure is shown with as few edits as show it
    private static IEnumerable<StructureChange> Smaller(StructureChange change)
    {
        if (change.Messages != MessageChange.None)
        {
            yield return change with { Messages = MessageChange.None };
        }

        for (var i = 0; change.Edits.Length > 1 && i < change.Edits.Length; i++)
        {
            yield return change with { Edits = [.. change.Edits.Where((_, j) => j != i)] };
        }
    }
}
