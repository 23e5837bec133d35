using IndicatorCore.Errors;

namespace IndicatorCore.Indicators;

/// <summary>Where the state of an engine comes from, beside its inputs: shards of plans, and revisions. Changed between reads alone.</summary>
internal sealed class StateOrigin
{
    private readonly SortedDictionary<string, (int Count, SortedSet<int> Present)> _plans = new(StringComparer.Ordinal);

    /// <summary>Which shards of which plans are in, by plan.</summary>
    public IReadOnlyList<StateShards> Shards => [.. _plans.Select(static plan => new StateShards(plan.Key, plan.Value.Count, [.. plan.Value.Present]))];

    /// <summary>The revisions, by number.</summary>
    public IReadOnlyList<StateRevision> Revisions { get; set; } = [];

    /// <summary>Whether nothing has come in since the last revision.</summary>
    public bool IsSettled { get; set; }

    /// <summary>The revisions, if the last one is of the state as it is now.</summary>
    public IReadOnlyList<StateRevision> SettledRevisions => IsSettled ? Revisions : [];

    /// <summary>The number of the revision that the state is, or null.</summary>
    public int? Revision => SettledRevisions is [.., var last] ? last.Number : null;

    /// <summary>Refuses shards that contradict what is known of their plan.</summary>
    /// <exception cref="StateMismatchException">They do.</exception>
    public void Check(IEnumerable<StateShards> shards)
    {
        foreach (var plan in shards)
        {
            if (_plans.TryGetValue(plan.Plan, out var known) && known.Count != plan.Count)
            {
                throw new StateMismatchException($"The plan of {plan.Count} shards is known with {known.Count}", advice: "One of the states was changed: make it again.");
            }
        }
    }

    /// <summary>Notes that shards are in.</summary>
    public void Add(StateShards shards)
    {
        if (!_plans.TryGetValue(shards.Plan, out var known))
        {
            _plans.Add(shards.Plan, known = (shards.Count, []));
        }

        known.Present.UnionWith(shards.Present);
    }
}
