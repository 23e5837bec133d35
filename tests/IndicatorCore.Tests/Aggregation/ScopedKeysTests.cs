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

    [Fact]
    public void Rows_at_once_are_rows_one_by_one() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var (one, many) = (new ScopedKeys(new MemoryBudget(1 << 24)), new ScopedKeys(new MemoryBudget(1 << 24)));
        var scopes = Enumerable.Range(0, 6).Select(_ => (random.Next(4), random.Next(3))).ToArray();
        for (var chunk = 0; chunk < 5; chunk++)
        {
            var keys = Enumerable.Range(0, 150).Select(_ => random.Next(2_000)).ToArray();
            var places = Enumerable.Range(0, 150).Select(_ => random.Next(scopes.Length)).ToArray();
            var rows = new[] { (ulong)random.NextInt64(), (ulong)random.NextInt64(), (ulong)random.NextInt64() & ((1UL << 22) - 1) };
            foreach (var row in Enumerable.Range(0, 150).Where(row => (rows[row >> 6] >> (row & 63) & 1) != 0))
            {
                one.Add(scopes[places[row]].Item1, scopes[places[row]].Item2, keys[row]);
            }

            many.Add(scopes, places, keys, rows);
            var (leaf, pane, from) = (random.Next(4), random.Next(3), random.Next(150));
            var to = random.Next(from, 151);
            foreach (var row in Enumerable.Range(from, to - from).Where(row => (rows[row >> 6] >> (row & 63) & 1) != 0))
            {
                one.Add(leaf, pane, keys[row]);
            }

            many.Add(leaf, pane, keys, rows, from, to);
        }

        Assert.Equal(All(one), All(many));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merging_is_union_whatever_the_numbers_and_homes() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var (one, other, whole) = (new ScopedKeys(new MemoryBudget(1 << 24)), new ScopedKeys(new MemoryBudget(1 << 24)), new ScopedKeys(new MemoryBudget(1 << 24)));
        int[] leaves = [2, 0, 3, 1];
        int[] panes = [1, 2, 0];
        for (var i = 0; i < 500; i++)
        {
            var (leaf, pane, key) = (random.Next(4), random.Next(3), random.Next(300));
            if (random.Next(2) == 0)
            {
                one.Add(leaf, pane, key);
                whole.Add(leaf, pane, key);
            }
            else
            {
                other.Add(leaf, pane, key);
                whole.Add(leaves[leaf], panes[pane], key);
            }
        }

        one.MergeFrom(other, leaves, panes);
        Assert.Equal(All(whole), All(one));
    }).QuickCheckThrowOnFailure();

    private static IEnumerable<(int Pane, int Leaf, int Key)> All(ScopedKeys keys) =>
        Enumerable.Range(0, 3).SelectMany(pane => keys.Members(pane).Select(member => (pane, member.Leaf, member.Key))).Order();
}
