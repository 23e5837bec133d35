namespace IndicatorCore.Aggregation.Ordered;

/// <summary>
/// Sets of points by object and pane, exact duplicates once: union is commutative and associative, so that what is folded from them in time
/// order does not depend on how they came (decisions D4).
/// </summary>
/// <param name="budget">What the memory is taken from.</param>
/// <param name="what">What it is for, in an error.</param>
internal sealed class TimedValueStore(MemoryBudget budget, string what)
{
    private const int BytesOfSet = 240;   // an empty set and its place, about

    private readonly Dictionary<TimedValueKey, PointSet> _sets = [];
    private long _reserved;

    /// <summary>Rows by class.</summary>
    public SlotStore<TimedValueKey, TimedValueCell> Cells { get; } = new(budget, what);

    /// <summary>Puts a point into its set.</summary>
    public void Add(in TimedValueKey key, TimedValue point)
    {
        if (!_sets.TryGetValue(key, out var set))
        {
            Reserve(BytesOfSet);
            _sets.Add(key, set = new PointSet(PointKind.Timed, budget, what));
        }

        set.Add(new Point(point.Time, point.Value, point.Kind));
    }

    /// <summary>The points of a slot in time order.</summary>
    public TimedValue[] Of(in TimedValueKey key)
    {
        if (!_sets.TryGetValue(key, out var set))
        {
            return [];
        }

        var points = new TimedValue[set.Count];
        var at = 0;
        foreach (var point in set.InOrder())
        {
            points[at++] = new TimedValue(point.Time, point.A, (byte)point.B);
        }

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
            if (!_sets.TryGetValue(mine, out var set))
            {
                Reserve(BytesOfSet);
                _sets.Add(mine, set = new PointSet(PointKind.Timed, budget, what));
            }

            set.MergeFrom(points);
        }
    }

    /// <summary>Gives the memory back; the store is empty afterwards.</summary>
    public void Clear()
    {
        Cells.Clear();
        foreach (var set in _sets.Values)
        {
            set.Clear();
        }

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
