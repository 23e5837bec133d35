using System.Numerics;
using System.Runtime.CompilerServices;

namespace IndicatorCore.Aggregation;

/// <summary>
/// State by key: an open-addressing table from a key to a dense slot and the slots themselves, in one array. Grows only when a
/// new key is seen, so that nothing allocates once warm.
/// </summary>
internal sealed class SlotStore<TKey, TCell>(MemoryBudget budget, string what)
    where TKey : struct, IEquatable<TKey>
    where TCell : struct, IMergeable<TCell>
{
    private const int FirstCapacity = 64;

    private int[] _buckets = [];
    private TKey[] _keys = [];
    private TCell[] _cells = [];
    private int _count;
    private long _reserved;

    /// <summary>How many keys there are.</summary>
    public int Count => _count;

    /// <summary>The keys by slot.</summary>
    public ReadOnlySpan<TKey> Keys => _keys.AsSpan(0, _count);

    /// <summary>The cells by slot.</summary>
    public Span<TCell> Cells => _cells.AsSpan(0, _count);

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

    /// <summary>Merges another store, its keys translated first.</summary>
    public void MergeFrom<TMap>(SlotStore<TKey, TCell> other, TMap map)
        where TMap : struct, IKeyMap<TKey>
    {
        for (var slot = 0; slot < other._count; slot++)
        {
            this[map.Map(other._keys[slot])].Merge(other._cells[slot]);
        }
    }

    /// <summary>Gives the memory back; the store is empty afterwards.</summary>
    public void Clear()
    {
        budget.Release(_reserved);
        (_buckets, _keys, _cells, _count, _reserved) = ([], [], [], 0, 0);
    }

    private static int Spread(int hash) => (int)(((uint)hash * 0x9E3779B1u) >> 7);

    private int Add(in TKey key)
    {
        if (2 * (_count + 1) > _buckets.Length)
        {
            Grow();
        }

        var slot = _count++;
        _keys[slot] = key;
        _cells[slot] = default;
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

    private void Grow()
    {
        var capacity = _keys.Length == 0 ? FirstCapacity : checked(_keys.Length * 2);
        var added = (long)(capacity - _keys.Length) * (Unsafe.SizeOf<TKey>() + Unsafe.SizeOf<TCell>() + (2 * sizeof(int)));
        budget.Reserve(added, what);
        _reserved += added;
        Array.Resize(ref _keys, capacity);
        Array.Resize(ref _cells, capacity);
        _buckets = new int[(int)BitOperations.RoundUpToPowerOf2((uint)capacity * 2)];
        for (var slot = 0; slot < _count; slot++)
        {
            Insert(slot);
        }
    }
}
