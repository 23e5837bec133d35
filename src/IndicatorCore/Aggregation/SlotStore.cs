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

        var merging = new Merging();
        for (var first = 0; first < other.Count; first += PagedList<TKey>.PageLength)
        {
            var end = Math.Min(first + PagedList<TKey>.PageLength, other.Count);
            Merge(other, first, end, identity, merging);
            if (end - first == PagedList<TKey>.PageLength)
            {
                // page by page, so that both stores are never whole at once
                other._keys.Drop(first / PagedList<TKey>.PageLength);
                other._cells.Drop(first / PagedList<TKey>.PageLength);
            }
        }

        other.Clear();
    }

    /// <summary>Merges another store, its keys translated first.</summary>
    public void MergeFrom<TMap>(SlotStore<TKey, TCell> other, TMap map)
        where TMap : struct, IKeyMap<TKey>
    {
        Merge(other, 0, other.Count, map, new Merging());
    }

    /// <summary>Gives the memory back; the store is empty afterwards.</summary>
    public void Clear()
    {
        budget.Release(_reserved);
        (_buckets, _keys, _cells, _reserved) = ([], new(), new(), 0);
    }

    // stores are often filled in one order, that of their files: then the slot of a key follows that of the key before. Else memory is waited for, and
    // many slots at once: what each would wait for in turn is asked for in rounds
    private void Merge<TMap>(SlotStore<TKey, TCell> other, int first, int end, TMap map, Merging merging)
        where TMap : struct, IKeyMap<TKey>
    {
        var (keys, slots) = (merging.Keys, merging.Slots);
        for (; first < end; first += Merging.Most)
        {
            var count = Math.Min(Merging.Most, end - first);
            var next = merging.Next;
            var inOrder = 0;
            for (; inOrder < count && next < Count; inOrder++, next++)
            {
                keys[inOrder] = map.Map(other._keys[first + inOrder]);
                if (!_keys[next].Equals(keys[inOrder]))
                {
                    break;
                }

                slots[inOrder] = next;
            }

            if (inOrder < count)
            {
                for (var i = inOrder; i < count; i++)
                {
                    keys[i] = map.Map(other._keys[first + i]);
                    slots[i] = _buckets.Length == 0 ? -1 : _buckets[Spread(keys[i].GetHashCode()) & (_buckets.Length - 1)] - 1;
                }

                for (var i = inOrder; i < count; i++)
                {
                    slots[i] = slots[i] >= 0 && _keys[slots[i]].Equals(keys[i]) ? slots[i] : Slot(keys[i]);
                }
            }

            for (var i = 0; i < count; i++)
            {
                _cells[slots[i]].Merge(other._cells[first + i]);
            }

            merging.Next = slots[count - 1] + 1;
        }
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

    private sealed class Merging
    {
        public const int Most = 64;

        public TKey[] Keys { get; } = new TKey[Most];

        public int[] Slots { get; } = new int[Most];

        public int Next { get; set; }
    }

    private void Reserve(long bytes)
    {
        budget.Reserve(bytes, what);
        _reserved += bytes;
    }
}
