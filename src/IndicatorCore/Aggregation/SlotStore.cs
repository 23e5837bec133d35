using System.Runtime.CompilerServices;

namespace IndicatorCore.Aggregation;

/// <summary>
/// State by key: an open-addressing table from a key to a dense slot, and the slots themselves in pages. Grows only when a
/// new key is seen, so that nothing allocates once warm.
/// </summary>
internal sealed class SlotStore<TKey, TCell>(MemoryBudget budget, string what)
    where TKey : struct, IEquatable<TKey>
    where TCell : struct, IMergeable<TCell>
{
    private const int FirstBuckets = 128;

    private int[] _buckets = [];
    private PagedList<TKey> _keys = new();
    private PagedList<TCell> _cells = new();
    private long _reserved;

    /// <summary>Bytes that a slot takes at least: its key, its cell, and four thirds of a bucket.</summary>
    public static int BytesPerSlot => Unsafe.SizeOf<TKey>() + Unsafe.SizeOf<TCell>() + (sizeof(int) * 4 / 3);

    /// <summary>How many keys there are.</summary>
    public int Count => _keys.Count;

    /// <summary>The keys by slot.</summary>
    public PagedList<TKey> Keys => _keys;

    /// <summary>The cells by slot.</summary>
    public PagedList<TCell> Cells => _cells;

    /// <summary>The slot of a key, made now if it is new.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Slot(in TKey key)
    {
        if (_buckets.Length != 0)
        {
            var mask = _buckets.Length - 1;
            for (var at = Spread(key.GetHashCode()) & mask; ; at = (at + 1) & mask)
            {
                var slot = _buckets[at] - 1;
                if (slot < 0)
                {
                    break;
                }

                if (_keys[slot].Equals(key))
                {
                    return slot;
                }
            }
        }

        return Add(key);
    }

    /// <summary>The cell of a key, made now if it is new. Valid until the next new key.</summary>
    public ref TCell this[in TKey key]
    {
        get
        {
            var slot = Slot(key);   // first: a new key may replace the array
            return ref _cells[slot];
        }
    }

    /// <summary>The cell of a slot.</summary>
    public ref TCell At(int slot) => ref _cells[slot];

    /// <summary>Takes over another store of the same budget and numbers, which is empty afterwards: the larger of the two is kept as it is.</summary>
    public void TakeFrom<TMap>(SlotStore<TKey, TCell> other, TMap identity)
        where TMap : struct, IKeyMap<TKey>
    {
        if (other.Count > Count)
        {
            (_buckets, other._buckets) = (other._buckets, _buckets);
            (_keys, other._keys) = (other._keys, _keys);
            (_cells, other._cells) = (other._cells, _cells);
            (_reserved, other._reserved) = (other._reserved, _reserved);
        }

        for (var slot = 0; slot < other.Count; slot++)
        {
            this[identity.Map(other._keys[slot])].Merge(other._cells[slot]);
            if ((slot + 1) % PagedList<TKey>.PageLength == 0)
            {
                // page by page, so that both stores are never whole at once
                other._keys.Drop(slot / PagedList<TKey>.PageLength);
                other._cells.Drop(slot / PagedList<TKey>.PageLength);
            }
        }

        other.Clear();
    }

    /// <summary>Merges another store, its keys translated first.</summary>
    public void MergeFrom<TMap>(SlotStore<TKey, TCell> other, TMap map)
        where TMap : struct, IKeyMap<TKey>
    {
        for (var slot = 0; slot < other.Count; slot++)
        {
            this[map.Map(other._keys[slot])].Merge(other._cells[slot]);
        }
    }

    /// <summary>Gives the memory back; the store is empty afterwards.</summary>
    public void Clear()
    {
        budget.Release(_reserved);
        (_buckets, _keys, _cells, _reserved) = ([], new(), new(), 0);
    }

    private static int Spread(int hash) => (int)(((uint)hash * 0x9E3779B1u) >> 7);

    private int Add(in TKey key)
    {
        if (Count == _keys.Capacity)
        {
            GrowSlots();
        }

        // at most three quarters full, so that probes stay short
        if (4L * (Count + 1) > 3L * _buckets.Length)
        {
            GrowBuckets();
        }

        var slot = Count;
        _keys.Add(key);
        _cells.Add(default);
        Insert(slot);
        return slot;
    }

    private void Insert(int slot)
    {
        var mask = _buckets.Length - 1;
        var at = Spread(_keys[slot].GetHashCode()) & mask;
        while (_buckets[at] != 0)
        {
            at = (at + 1) & mask;
        }

        _buckets[at] = slot + 1;
    }

    private void GrowSlots()
    {
        Reserve((long)(_keys.NextCapacity - _keys.Capacity) * (Unsafe.SizeOf<TKey>() + Unsafe.SizeOf<TCell>()));
        _keys.Grow();
        _cells.Grow();
    }

    private void GrowBuckets()
    {
        var length = _buckets.Length == 0 ? FirstBuckets : checked(_buckets.Length * 2);
        Reserve((long)(length - _buckets.Length) * sizeof(int));
        _buckets = new int[length];
        for (var slot = 0; slot < Count; slot++)
        {
            Insert(slot);
        }
    }

    private void Reserve(long bytes)
    {
        budget.Reserve(bytes, what);
        _reserved += bytes;
    }
}
