using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.UserDefined;

namespace IndicatorCore.Indicators.State;

/// <summary>What a <see cref="UserStore"/> holds by slot, and the memory it takes: stores of one engine exchange it whole.</summary>
/// <param name="plan">The plan.</param>
/// <param name="budget">The memory budget.</param>
internal sealed class UserContents(UserPlan plan, MemoryBudget budget)
{
    private const int BytesPerSlot = (2 * sizeof(int)) + sizeof(long);
    private const int BytesPerSample = 120;   // an empty one
    private const string What = "user-defined indicators by scope and pane";

    private long _reserved;

    public SlotStore<PaneKey, RowEvidenceCell> Places { get; } = new(budget, What);

    public LongRecords Records { get; } = new(budget, What, [.. UserRecord.Empty(plan)[..plan.ClassesAt], .. UserRecord.Empty(plan)[plan.ExtremesAt..]]);

    // by slot, as far as any slot has such values
    public LongRecords Classes { get; } = new(budget, What, new long[2 * plan.Classes.Length]);

    public SlotStore<PlaceQuarantineKey, CountCell> Quarantined { get; } = new(budget, "quarantined rows by scope and pane");

    // leaves and panes are numbered only where sets of keys need it
    public SlotStore<Leaf, CountCell> Leaves { get; } = new(budget, What);

    public Dictionary<int, int> PaneNumbers { get; } = [];

    public List<int> LeafOf { get; } = [];

    public List<int> PaneOf { get; } = [];

    public ScopedKeys[] Keys { get; } = [.. plan.Distincts.Select(_ => new ScopedKeys(budget))];

    public List<ValueSample?> Samples { get; } = [];

    public ValueSlab Slab { get; } = new();

    public static int BytesBesideRecord(UserPlan plan) => (plan.Distincts.Length > 0 ? BytesPerSlot : 0) + (sizeof(long) * plan.Quantiles.Length);

    public (int Leaf, int Pane) ScopeOf(in PaneKey place)
    {
        if (!PaneNumbers.TryGetValue(place.Pane, out var pane))
        {
            PaneNumbers.Add(place.Pane, pane = PaneNumbers.Count);
        }

        return (Leaves.Slot(place.Leaf), pane);
    }

    // of the same engine: keys have the same numbers, leaves and panes their own
    public void AddKeys(UserContents other)
    {
        var leaves = new int[other.Leaves.Count];
        for (var leaf = 0; leaf < leaves.Length; leaf++)
        {
            leaves[leaf] = Leaves.Slot(other.Leaves.Keys[leaf]);
        }

        var panes = new int[other.PaneNumbers.Count];
        foreach (var (pane, number) in other.PaneNumbers)
        {
            if (!PaneNumbers.TryGetValue(pane, out panes[number]))
            {
                PaneNumbers.Add(pane, panes[number] = PaneNumbers.Count);
            }
        }

        for (var i = 0; i < Keys.Length; i++)
        {
            Keys[i].MergeFrom(other.Keys[i], leaves, panes);
        }
    }

    public ValueSample Sample(int slot, int quantile, SampleBudget samples, bool bucketed)
    {
        var number = (slot * plan.Quantiles.Length) + quantile;
        if (Samples[number] is not { } sample)
        {
            samples.Reserve(BytesPerSample);
            Samples[number] = sample = new ValueSample(samples, bucketed);
        }

        return sample;
    }

    // another's sample of the same budget, which leaves it
    public void Take(int number, UserContents other, int theirs)
    {
        var sample = other.Samples[theirs];
        if (Samples[number] is { } mine && sample is not null)
        {
            mine.TakeFrom(sample);
            budget.Release(BytesPerSample);
        }
        else
        {
            Samples[number] ??= sample;
        }

        other.Samples[theirs] = null;
    }

    public void Extend(in PaneKey place)
    {
        Records.Add();
        var bytes = (long)BytesBesideRecord(plan);
        budget.Reserve(bytes, What);
        _reserved += bytes;
        if (plan.Distincts.Length > 0)
        {
            var (leaf, pane) = ScopeOf(place);
            LeafOf.Add(leaf);
            PaneOf.Add(pane);
        }

        for (var i = 0; i < plan.Quantiles.Length; i++)
        {
            Samples.Add(null);
        }
    }

    public void Clear()
    {
        Places.Clear();
        Records.Clear();
        Classes.Clear();
        Quarantined.Clear();
        Leaves.Clear();
        Array.ForEach(Keys, static keys => keys.Clear());
        foreach (var sample in Samples)
        {
            if (sample is not null)
            {
                sample.Clear();
                budget.Release(BytesPerSample);
            }
        }

        budget.Release(_reserved);
    }
}
