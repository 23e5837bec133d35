using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Tests.Indicators.Reporting;

/// <summary>No suppressed group may be a sum or difference of shown ones, and no more is suppressed than that.</summary>
public sealed class ComplementarySuppressionTests
{
    [Fact]
    public void A_total_and_all_but_one_member_hide_the_smallest_other()
    {
        DisclosedGroup[] groups = [Group(0, "all", "abcdef"), Group(1, "x", "a"), Group(1, "y", "bc"), Group(1, "z", "def")];
        groups[1].IsSuppressed = true;
        Assert.Equal(1, ComplementarySuppression.Apply(groups));
        Assert.Equal("x y", Suppressed(groups));
    }

    [Fact]
    public void Two_that_are_hidden_already_are_enough()
    {
        DisclosedGroup[] groups = [Group(0, "all", "abcdef"), Group(1, "x", "a"), Group(1, "y", "bc"), Group(1, "z", "def")];
        (groups[1].IsSuppressed, groups[2].IsSuppressed) = (true, true);
        Assert.Equal(0, ComplementarySuppression.Apply(groups));
    }

    [Fact]
    public void A_member_is_told_over_two_levels()
    {
        // province = x + y, x = x1 + x2; x itself is hidden by nothing and x1 is
        DisclosedGroup[] groups = [Group(0, "all", "abcd"), Group(1, "y", "cd"), Group(2, "x1", "a"), Group(2, "x2", "b"), Group(2, "y1", "cd")];
        groups[2].IsSuppressed = true;
        Assert.Equal(1, ComplementarySuppression.Apply(groups));
        Assert.Equal("x1 x2", Suppressed(groups));
    }

    [Fact]
    public void An_equal_group_of_another_level_is_hidden_too()
    {
        DisclosedGroup[] groups = [Group(0, "park", "ab"), Group(1, "city", "ab"), Group(1, "town", "c")];
        groups[1].IsSuppressed = true;
        Assert.Equal(1, ComplementarySuppression.Apply(groups));
        Assert.Equal("park city", Suppressed(groups));
    }

    [Fact]
    public void Random_hierarchies_hold_against_every_signed_sum()
    {
        var seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();
        Prop.ForAll(seeds, Holds).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static void Holds(int seed)
    {
        var random = new Random(seed);
        var places = "abcdefgh"[..random.Next(2, 9)];
        DisclosedGroup[] Made(Random source) =>
        [
            .. Enumerable.Range(0, source.Next(2, 9)).Select(i => Group(source.Next(3), $"g{i}", string.Concat(places.Where(_ => source.Next(2) == 0)))),
        ];
        var groups = Made(new Random(seed));
        foreach (var group in groups)
        {
            group.IsSuppressed = random.Next(3) == 0;
        }

        var primary = groups.Where(static group => group.IsSuppressed).ToList();
        var told = primary.Any(secret => CanBeTold(secret, [.. groups.Where(static group => !group.IsSuppressed)]));
        var count = ComplementarySuppression.Apply(groups);
        Assert.Equal(groups.Count(static group => group.IsSuppressed), primary.Count + count);
        Assert.True(!told || count > 0);
        var shown = groups.Where(static group => !group.IsSuppressed).ToArray();
        Assert.All(primary, secret => Assert.False(CanBeTold(secret, shown), $"seed {seed}: {secret.Name}"));

        // the order in which groups come changes nothing
        var again = Made(new Random(seed));
        foreach (var group in again)
        {
            group.IsSuppressed = primary.Exists(known => known.Name == group.Name);
        }

        random.Shuffle(again);
        ComplementarySuppression.Apply(again);
        Assert.Equal(Suppressed(groups), Suppressed([.. again.OrderBy(static group => int.Parse(group.Name[1..]))]));
    }

    // sums with coefficients -1, 0, 1: what a reader would try
    private static bool CanBeTold(DisclosedGroup secret, DisclosedGroup[] shown)
    {
        if (secret.Places.Count == 0)
        {
            return false;
        }

        for (var code = 0; code < (int)Math.Pow(3, shown.Length); code++)
        {
            var sum = new Dictionary<string, BigInteger>();
            for (int i = 0, rest = code; i < shown.Length; i++, rest /= 3)
            {
                foreach (var (place, weight) in shown[i].Places)
                {
                    sum[place] = sum.GetValueOrDefault(place) + (weight * ((rest % 3) - 1));
                }
            }

            if (sum.Where(static pair => pair.Value != 0).ToDictionary() is var found && found.Count == secret.Places.Count
                && found.All(pair => secret.Places.GetValueOrDefault(pair.Key) == pair.Value))
            {
                return true;
            }
        }

        return false;
    }

    // a place weighs what its letter says, so that no two sets weigh the same
    private static DisclosedGroup Group(int level, string name, string places)
    {
        var group = new DisclosedGroup(level, name);
        foreach (var place in places)
        {
            group.Add(new DisclosureShare("i", [], null, place.ToString(), place.ToString(), BigInteger.One << (place - 'a')));
        }

        return group;
    }

    private static string Suppressed(IEnumerable<DisclosedGroup> groups) =>
        string.Join(' ', groups.Where(static group => group.IsSuppressed).Select(static group => group.Name));
}
