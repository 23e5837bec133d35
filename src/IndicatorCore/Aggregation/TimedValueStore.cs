namespace IndicatorCore.Aggregation;

/// <summary>
/// Sets of points by object and pane, exact duplicates once: union is commutative and associative, so that what is folded from them in time
/// order does not depend on how they came (decisions D4).
/// </summary>
/// <param name="budget">What the memory is taken from.</param>
/// <param name="what">What it is for, in an error.</param>
internal sealed class TimedValueStore(MemoryBudget budget, string what)
{
    private const int BytesPerPoint = 48;   // of a hash set, its growth included

    private readonly Dictionary<TimedValueKey, HashSet<TimedValue>> _sets = [];
    private long _reserved;

    /// <summary>Rows by class.</summary>
    public SlotStore<TimedValueKey, TimedValueCell> Cells { get; } = new(budget, what);

    /// <summary>Puts a point into its set.</summary>
    public void Add(in TimedValueKey key, TimedValue point)
    {
        if (!_sets.TryGetValue(key, out var set))
        {
            Reserve(2 * BytesPerPoint);
            _sets.Add(key, set = []);
        }

        if (!set.Contains(point))
        {
            Reserve(BytesPerPoint);
            set.Add(point);
        }
    }

    /// <summary>The points of a slot in time order.</summary>
    public TimedValue[] Of(in TimedValueKey key)
    {
        if (!_sets.TryGetValue(key, out var set))
        {
            return [];
        }

        TimedValue[] points = [.. set];
        Array.Sort(points, TimedValue.Compare);
        return points;
    }

    /// <summary>Adds another store, its numbers translated first.</summary>
    public void MergeFrom<TMap>(TimedValueStore other, TMap map)
        where TMap : struct, IKeyMap<TimedValueKey>
    {
        Cells.MergeFrom(other.Cells, map);
        foreach (var (key, points) in other._sets)
        {
            var mine = map.Map(key);
            foreach (var point in points)
            {
                Add(mine, point);
            }
        }
    }

    /// <summary>Gives the memory back; the store is empty afterwards.</summary>
    public void Clear()
    {
        Cells.Clear();
        _sets.Clear();
        budget.Release(_reserved);
        _reserved = 0;
    }

    private void Reserve(long bytes)
    {
        budget.Reserve(bytes, what);
        _reserved += bytes;
    }
}
