using IndicatorCore.Indicators;

namespace IndicatorCore.Adapters.Results;

/// <summary>Which columns a flat form of a report needs.</summary>
internal static class ResultColumns
{
    private static readonly string[] s_additions =
    [
        "profile", "input", "baseline_start", "baseline_end", "matched_share_base", "matched_share_after", "n_days_base", "n_days_after",
        "evidence_ids", "alpha", "n_lost",
    ];

    /// <summary>The group keys of all levels, in order of first appearance.</summary>
    public static IReadOnlyList<string> GroupKeys(IReadOnlyList<IndicatorRow> rows) => Of(rows).GroupKeys;

    /// <summary>What the rows have, in one pass over them.</summary>
    /// <returns>The group keys of all levels, in order of first appearance; the evidence that only some indicators have, the names of
    /// interface 4 in its order, then others in order of appearance; and whether any row has a revision.</returns>
    public static (IReadOnlyList<string> GroupKeys, IReadOnlyList<string> EvidenceAdditions, bool HasRevision) Of(IReadOnlyList<IndicatorRow> rows)
    {
        var keys = new List<string>();
        var found = new List<string>();
        var hasRevision = false;
        IReadOnlyList<KeyValuePair<string, string?>>? previous = null;
        foreach (var row in rows)
        {
            hasRevision |= row.Revision is not null;
            foreach (var (key, _) in row.Evidence?.Additional ?? [])
            {
                if (!found.Contains(key))
                {
                    found.Add(key);
                }
            }

            if (ReferenceEquals(row.Group, previous))
            {
                continue;
            }

            previous = row.Group;
            foreach (var (key, _) in row.Group)
            {
                if (!keys.Contains(key))
                {
                    keys.Add(key);
                }
            }
        }

        return (keys, [.. s_additions.Where(found.Contains), .. found.Where(static name => !s_additions.Contains(name))], hasRevision);
    }

    /// <summary>Whether the row's level has the key.</summary>
    public static bool HasKey(IndicatorRow row, string key) => row.Group.Any(pair => pair.Key == key);

    /// <summary>The row's value of the key; null when it is unassigned or its level lacks the key.</summary>
    public static string? GroupValue(IndicatorRow row, string key)
    {
        foreach (var (name, value) in row.Group)
        {
            if (name == key)
            {
                return value;
            }
        }

        return null;
    }
}
