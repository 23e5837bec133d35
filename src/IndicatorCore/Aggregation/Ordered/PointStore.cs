namespace IndicatorCore.Aggregation.Ordered;

/// <summary>Sets of points by what they are of. Merging is union, so no order of arrival shows (decisions D4).</summary>
/// <param name="budget">What the memory is taken from.</param>
internal sealed class PointStore(MemoryBudget budget)
{
    private const string What = "the points of order-dependent indicators";
    private const int SetBytes = 160;   // an empty set, about

    private readonly SlotStore<PointKey, PointCell> _slots = new(budget, What);
    private long _reserved;

    /// <summary>The slots, for those that list them.</summary>
    public SlotStore<PointKey, PointCell> Slots => _slots;

    /// <summary>The points of a key, made now if it is new.</summary>
    public PointSet this[in PointKey key] => Of(ref _slots[key], key.Kind);

    /// <summary>An empty set, to be cleared when done with.</summary>
    public PointSet NewSet(PointKind kind) => new(kind, budget);

    /// <summary>The sets of a kind with what they are of, in no order.</summary>
    public IEnumerable<(PointKey Key, PointSet Points)> Of(PointKind kind)
    {
        for (var slot = 0; slot < _slots.Count; slot++)
        {
            if (_slots.Keys[slot].Kind == kind && _slots.Cells[slot].Points is { } points)
            {
                yield return (_slots.Keys[slot], points);
            }
        }
    }

    /// <summary>Takes over another store of the same budget and numbers, which is empty afterwards.</summary>
    public void TakeFrom(PointStore other)
    {
        for (var slot = 0; slot < other._slots.Count; slot++)
        {
            if (other._slots.At(slot).Points is { } points)
            {
                this[other._slots.Keys[slot]].TakeFrom(points);
            }
        }

        other.Clear();
    }

    /// <summary>Merges another store, its keys translated first.</summary>
    public void MergeFrom<TMap>(PointStore other, TMap map)
        where TMap : struct, IKeyMap<PointKey>
    {
        for (var slot = 0; slot < other._slots.Count; slot++)
        {
            if (other._slots.At(slot).Points is { } points)
            {
                this[map.Map(other._slots.Keys[slot])].MergeFrom(points);
            }
        }
    }

    /// <summary>Gives the memory back; the store is empty afterwards.</summary>
    public void Clear()
    {
        for (var slot = 0; slot < _slots.Count; slot++)
        {
            _slots.At(slot).Points?.Clear();
        }

        _slots.Clear();
        budget.Release(_reserved);
        _reserved = 0;
    }

    private PointSet Of(ref PointCell cell, PointKind kind)
    {
        if (cell.Points is null)
        {
            budget.Reserve(SetBytes, What);
            _reserved += SetBytes;
            cell.Points = new PointSet(kind, budget);
        }

        return cell.Points;
    }
}
