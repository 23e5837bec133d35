using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Aggregation;

namespace IndicatorCore.Tests.Aggregation;

public sealed class ScopedKeysTests
{
    [Fact]
    public void Hold_exactly_what_was_added_and_give_their_memory_back() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var budget = new MemoryBudget(1 << 24);
        var keys = new ScopedKeys(budget);
        var expected = new HashSet<(int Pane, int Leaf, int Key)>();
        for (var i = 0; i < 500; i++)
        {
            var (leaf, pane, key) = (random.Next(4), random.Next(3), random.Next(200));
            keys.Add(leaf, pane, key);
            expected.Add((pane, leaf, key));
        }

        var actual = Enumerable.Range(0, 4).SelectMany(pane => keys.Members(pane).Select(member => (pane, member.Leaf, member.Key))).ToList();
        Assert.Equal(expected.Count, actual.Count);
        Assert.True(expected.SetEquals(actual));
        keys.Clear();
        Assert.Equal(0, budget.Used);
    }).QuickCheckThrowOnFailure();
}
