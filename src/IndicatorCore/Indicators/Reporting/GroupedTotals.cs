namespace IndicatorCore.Indicators.Reporting;

/// <summary>Totals by group and window of one level.</summary>
internal sealed class GroupedTotals<T>
    where T : class, new()
{
    private readonly Dictionary<(int Group, int Window), T> _totals = [];
    private readonly SortedSet<int> _groups = [];

    /// <summary>The groups that any of several totals has, ascending.</summary>
    public static SortedSet<int> GroupsOf(IEnumerable<GroupedTotals<T>> several)
    {
        var groups = new SortedSet<int>();
        foreach (var totals in several)
        {
            foreach (var group in totals._groups)
            {
                groups.Add(group);
            }
        }

        return groups;
    }

    /// <summary>The totals of a group in a window, made now if they are new.</summary>
    public T this[int group, int window]
    {
        get
        {
            if (!_totals.TryGetValue((group, window), out var total))
            {
                _totals.Add((group, window), total = new T());
                _groups.Add(group);
            }

            return total;
        }
    }

    /// <summary>The groups met so far.</summary>
    public IReadOnlyCollection<int> Groups => _groups;

    /// <summary>Notes a group that has rows even without data.</summary>
    public void Touch(int group) => _groups.Add(group);

    /// <summary>The totals, empty ones where nothing was counted.</summary>
    public T Find(int group, int window) => _totals.GetValueOrDefault((group, window)) ?? new T();
}
