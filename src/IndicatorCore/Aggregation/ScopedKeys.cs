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
        while (pane >= _panes.Count)
        {
            _panes.Add(new DeviceBitmap(budget));
            _strays.Add(null);
        }

        if (key >= _homes.Length)
        {
            var length = Math.Max(64, Math.Max(key + 1, _homes.Length * 2));
            Reserve((long)(length - _homes.Length) * sizeof(int));
            Array.Resize(ref _homes, length);
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
        else if ((_strays[pane] ??= []).Add((leaf, key)))
        {
            Reserve(BytesPerStray);
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

    private void Reserve(long bytes)
    {
        budget.Reserve(bytes, What);
        _reserved += bytes;
    }
}
