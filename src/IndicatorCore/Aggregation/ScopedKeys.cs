using System.Numerics;

namespace IndicatorCore.Aggregation;

/// <summary>
/// Exact sets of keys by leaf and pane. A key mostly stays with one leaf: the first one that has it is its home, and a bit a pane says that
/// it was seen there; other leaves are listed one by one. Homes depend on the order of arrival, the sets do not.
/// </summary>
/// <param name="budget">What the memory is taken from.</param>
internal sealed class ScopedKeys(MemoryBudget budget)
{
    private const int BytesPerStray = 32;
    private const string What = "the keys counted by distinct indicators";

    private readonly List<DeviceBitmap> _panes = [];
    private readonly List<HashSet<(int Leaf, int Key)>?> _strays = [];
    private int[] _homes = [];   // by key: its leaf + 1
    private long _reserved;

    /// <summary>How many panes there are.</summary>
    public int Panes => _panes.Count;

    /// <summary>Puts a key into the set of a leaf in a pane.</summary>
    /// <param name="leaf">The leaf's number, at least 0.</param>
    /// <param name="pane">The pane's number, at least 0: panes are numbered densely.</param>
    /// <param name="key">The key's number, at least 0.</param>
    public void Add(int leaf, int pane, int key)
    {
        Open(pane);
        if (key >= _homes.Length)
        {
            Grow(key + 1);
        }

        ref var home = ref _homes[key];
        if (home == 0)
        {
            home = leaf + 1;
        }

        if (home == leaf + 1)
        {
            _panes[pane].Add(key);
        }
        else
        {
            Stray(leaf, pane, key);
        }
    }

    /// <summary>Puts the keys of some rows into the set of a leaf in a pane.</summary>
    /// <param name="leaf">The leaf's number, at least 0.</param>
    /// <param name="pane">The pane's number, at least 0.</param>
    /// <param name="keys">A key a row, at least 0 in the rows of the mask.</param>
    /// <param name="rows">The rows, a bit each.</param>
    /// <param name="from">The first row.</param>
    /// <param name="to">The row after the last.</param>
    public void Add(int leaf, int pane, ReadOnlySpan<int> keys, ReadOnlySpan<ulong> rows, int from, int to)
    {
        Open(pane);
        var bitmap = _panes[pane];
        var words = bitmap.Words;
        var homes = _homes.AsSpan();
        for (var word = from >> 6; word << 6 < to; word++)
        {
            var bits = rows[word];
            bits &= word << 6 < from ? ulong.MaxValue << (from & 63) : ulong.MaxValue;
            bits &= (word + 1) << 6 > to ? ~(ulong.MaxValue << (to & 63)) : ulong.MaxValue;
            for (; bits != 0; bits &= bits - 1)
            {
                var key = keys[(word << 6) + BitOperations.TrailingZeroCount(bits)];
                if ((uint)key >= (uint)homes.Length || key >> 6 >= words.Length)
                {
                    Grow(key + 1);
                    bitmap.Grow((key >> 6) + 1);
                    homes = _homes;
                    words = bitmap.Words;
                }

                if (homes[key] == 0)
                {
                    homes[key] = leaf + 1;
                }

                if (homes[key] == leaf + 1)
                {
                    words[key >> 6] |= 1UL << (key & 63);
                }
                else
                {
                    Stray(leaf, pane, key);
                }
            }
        }
    }

    /// <summary>Puts the keys of some rows into the sets of their places.</summary>
    /// <param name="scopes">The numbers of leaf and pane by place.</param>
    /// <param name="places">A place a row.</param>
    /// <param name="keys">A key a row, at least 0 in the rows of the mask.</param>
    /// <param name="rows">The rows, a bit each.</param>
    public void Add(ReadOnlySpan<(int Leaf, int Pane)> scopes, ReadOnlySpan<int> places, ReadOnlySpan<int> keys, ReadOnlySpan<ulong> rows)
    {
        var homes = _homes.AsSpan();
        for (var word = 0; word < rows.Length; word++)
        {
            for (var bits = rows[word]; bits != 0; bits &= bits - 1)
            {
                var row = (word << 6) + BitOperations.TrailingZeroCount(bits);
                var key = keys[row];
                var (leaf, pane) = scopes[places[row]];
                if ((uint)key < (uint)homes.Length && homes[key] == leaf + 1 && pane < _panes.Count && key >> 6 < _panes[pane].Words.Length)
                {
                    _panes[pane].Words[key >> 6] |= 1UL << (key & 63);
                }
                else
                {
                    Add(leaf, pane, key);
                    homes = _homes;
                }
            }
        }
    }

    /// <summary>Adds other sets of the same keys.</summary>
    /// <param name="other">The sets.</param>
    /// <param name="leaves">By leaf there: its number here.</param>
    /// <param name="panes">By pane there: its number here.</param>
    public void MergeFrom(ScopedKeys other, ReadOnlySpan<int> leaves, ReadOnlySpan<int> panes)
    {
        Grow(other._homes.Length);
        var alike = new ulong[(other._homes.Length + 63) >> 6];   // the keys that have one home here and there
        for (var key = 0; key < other._homes.Length; key++)
        {
            if (other._homes[key] == 0)
            {
                continue;
            }

            var home = leaves[other._homes[key] - 1] + 1;
            _homes[key] = _homes[key] == 0 ? home : _homes[key];
            alike[key >> 6] |= _homes[key] == home ? 1UL << (key & 63) : 0;
        }

        for (var pane = 0; pane < other._panes.Count; pane++)
        {
            Open(panes[pane]);
            var words = other._panes[pane].Words;
            for (var word = 0; word < Math.Min(words.Length, alike.Length); word++)
            {
                if ((words[word] & alike[word]) is not 0 and var both)
                {
                    _panes[panes[pane]].Add(word, both);
                }

                for (var bits = words[word] & ~alike[word]; bits != 0; bits &= bits - 1)
                {
                    var key = (word << 6) + BitOperations.TrailingZeroCount(bits);
                    Add(leaves[other._homes[key] - 1], panes[pane], key);
                }
            }

            foreach (var (leaf, key) in other._strays[pane] ?? [])
            {
                Add(leaves[leaf], panes[pane], key);
            }
        }
    }

    /// <summary>The members of all sets of a pane, each once, in no order.</summary>
    public IEnumerable<(int Leaf, int Key)> Members(int pane)
    {
        if (pane >= _panes.Count)
        {
            yield break;
        }

        foreach (var key in _panes[pane].Members())
        {
            yield return (_homes[key] - 1, key);
        }

        foreach (var stray in _strays[pane] ?? [])
        {
            yield return stray;
        }
    }

    /// <summary>Gives the memory back; the sets are empty afterwards.</summary>
    public void Clear()
    {
        _panes.ForEach(static pane => pane.Clear());
        _panes.Clear();
        _strays.Clear();
        budget.Release(_reserved);
        (_homes, _reserved) = ([], 0);
    }

    private void Open(int pane)
    {
        while (pane >= _panes.Count)
        {
            _panes.Add(new DeviceBitmap(budget));
            _strays.Add(null);
        }
    }

    private void Grow(int keys)
    {
        if (keys > _homes.Length)
        {
            var length = Math.Max(64, Math.Max(keys, _homes.Length * 2));
            Reserve((long)(length - _homes.Length) * sizeof(int));
            Array.Resize(ref _homes, length);
        }
    }

    private void Stray(int leaf, int pane, int key)
    {
        if ((_strays[pane] ??= []).Add((leaf, key)))
        {
            Reserve(BytesPerStray);
        }
    }

    private void Reserve(long bytes)
    {
        budget.Reserve(bytes, What);
        _reserved += bytes;
    }
}
