namespace IndicatorCore.Aggregation;

/// <summary>Samples for quantiles by kind, leaf and pane.</summary>
/// <param name="budget">The memory budget.</param>
/// <param name="what">What is kept, for errors.</param>
/// <param name="bucketed">Whether values go to buckets from the start.</param>
internal sealed class QuantileStore(MemoryBudget budget, string what, bool bucketed)
{
    /// <summary>Bytes of an empty sample and its array's head, about.</summary>
    public const int SampleBytes = 120;

    private readonly SlotStore<QuantileKey, QuantileCell> _slots = new(budget, what);
    private ValueSlab _slab = new();

    /// <summary>How many keys there are.</summary>
    public int Count => _slots.Count;

    /// <summary>The keys by slot.</summary>
    public PagedList<QuantileKey> Keys => _slots.Keys;

    /// <summary>The slots, for those that list them.</summary>
    public SlotStore<QuantileKey, QuantileCell> Slots => _slots;

    /// <summary>What samples are charged to.</summary>
    public SampleBudget Budget { get; } = new(budget, what);

    /// <summary>The sample of a key, made now if it is new.</summary>
    public ValueSample this[in QuantileKey key] => Sample(ref _slots[key]);

    /// <summary>The sample of a slot.</summary>
    public ValueSample At(int slot) => Sample(ref _slots.At(slot));

    /// <summary>An empty sample of the same kind as those kept, to be cleared when done with.</summary>
    public ValueSample NewSample() => new(Budget, bucketed);

    /// <summary>Adds the values that a worker has for a key.</summary>
    public void Add(in QuantileKey key, ValueCells cells, int slot)
    {
        if (cells.HasAny(slot))
        {
            this[key].Add(cells, slot, _slab);
        }
    }

    /// <summary>Takes over another store of the same budget and numbers, which is empty afterwards.</summary>
    public void TakeFrom<TMap>(QuantileStore other, TMap map)
        where TMap : struct, IKeyMap<QuantileKey>
    {
        for (var slot = 0; slot < other.Count; slot++)
        {
            if (other._slots.At(slot).Sample is not { } sample)
            {
                continue;
            }

            ref var cell = ref _slots[map.Map(other.Keys[slot])];
            if (cell.Sample is null)
            {
                cell.Sample = sample;   // charged to the same budget
            }
            else
            {
                cell.Sample.TakeFrom(sample);
                Budget.Release(SampleBytes);
            }

            other._slots.At(slot).Sample = null;
        }

        other.Clear();
    }

    /// <summary>Merges another store, its keys translated first.</summary>
    public void MergeFrom<TMap>(QuantileStore other, TMap map)
        where TMap : struct, IKeyMap<QuantileKey>
    {
        for (var slot = 0; slot < other.Count; slot++)
        {
            if (other._slots.At(slot).Sample is { } sample)
            {
                this[map.Map(other.Keys[slot])].MergeFrom(sample);
            }
        }
    }

    /// <summary>Gives the memory back; the store is empty afterwards.</summary>
    public void Clear()
    {
        for (var slot = 0; slot < Count; slot++)
        {
            if (_slots.At(slot).Sample is { } sample)
            {
                sample.Clear();
                Budget.Release(SampleBytes);
            }
        }

        _slots.Clear();
        _slab = new();
    }

    private ValueSample Sample(ref QuantileCell cell)
    {
        if (cell.Sample is null)
        {
            Budget.Reserve(SampleBytes);
            cell.Sample = NewSample();
        }

        return cell.Sample;
    }
}
