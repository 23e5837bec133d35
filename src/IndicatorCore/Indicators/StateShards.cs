namespace IndicatorCore.Indicators;

/// <summary>Which shards of one plan a state holds.</summary>
/// <param name="Plan">The plan's digest: equal for equal files and numbers of shards, whatever their names, order and host.</param>
/// <param name="Count">How many shards the plan has.</param>
/// <param name="Present">Those that are in the state, ascending.</param>
public sealed record StateShards(string Plan, int Count, IReadOnlyList<int> Present)
{
    /// <summary>Those that are not, ascending.</summary>
    public IEnumerable<int> Missing
    {
        get
        {
            var present = Present.ToHashSet();
            return Enumerable.Range(0, Count).Where(shard => !present.Contains(shard));
        }
    }

    /// <summary>Some shards as text, runs of them shortened: <c>0-2, 5</c>.</summary>
    /// <param name="shards">The shards, ascending.</param>
    public static string Text(IEnumerable<int> shards)
    {
        ArgumentNullException.ThrowIfNull(shards);
        var parts = new List<string>();
        int? first = null;
        var last = 0;
        foreach (var shard in shards)
        {
            if (first is null || shard != last + 1)
            {
                Close();
                first = shard;
            }

            last = shard;
        }

        Close();
        return string.Join(", ", parts);

        void Close()
        {
            if (first is { } start)
            {
                parts.Add(start == last ? $"{start}" : $"{start}-{last}");
            }
        }
    }
}
