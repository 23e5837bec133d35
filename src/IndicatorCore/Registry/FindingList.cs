using IndicatorCore.Errors;

namespace IndicatorCore.Registry;

/// <summary>Collects the findings of one table.</summary>
internal sealed class FindingList(string table)
{
    // each suggestion compares a name with all known ones
    private const int MostComparisons = 2_000_000;

    private readonly List<RegistryFinding> _findings = [];
    private readonly Dictionary<(string Column, string Name), string> _advice = [];
    private readonly HashSet<(string Key, string Problem)> _seen = [];
    private int _comparisons;

    /// <summary>What was found, by row (of the whole table first), column and text.</summary>
    public IEnumerable<RegistryFinding> Sorted => _findings
        .OrderBy(static finding => finding.Row ?? -1)
        .ThenBy(static finding => finding.Column, StringComparer.Ordinal)
        .ThenBy(static finding => finding.Problem, StringComparer.Ordinal);

    /// <summary>Adds one.</summary>
    public void Add(FindingSeverity severity, FindingKind kind, int? row, string? column, string key, string problem, string advice) =>
        _findings.Add(new(severity, kind, table, row, column, key, problem, advice));

    /// <summary>Adds one unless the same was said of the same before: of things that many rows repeat.</summary>
    public void AddOnce(FindingSeverity severity, FindingKind kind, int? row, string? column, string key, string problem, string advice)
    {
        if (_seen.Add((key, problem)))
        {
            Add(severity, kind, row, column, key, problem, advice);
        }
    }

    /// <summary>Adds a finding where a row names something that the registry does not have.</summary>
    public void Unknown(int row, string column, string key, string what, string? name, IReadOnlyCollection<string> known, string effect)
    {
        if (name is not null && !known.Contains(name))
        {
            AddOnce(
                FindingSeverity.Warning, FindingKind.UnknownReference, row, column, key,
                $"{key} names the {what} {name}, which the registry does not have: {effect}.", Advice(column, what, name, known));
        }
    }

    /// <summary>Adds a notice for every row without a value that other rows of the table have.</summary>
    public void PartlyFilled<T>(IReadOnlyList<T> rows, string column, Func<T, string> key, Func<T, bool> hasValue, string what, string effect, string advice)
    {
        if (!rows.Any(hasValue))
        {
            return;
        }

        for (var i = 0; i < rows.Count; i++)
        {
            if (!hasValue(rows[i]))
            {
                AddOnce(FindingSeverity.Notice, FindingKind.Gap, i, column, key(rows[i]), $"{key(rows[i])} has no {what}: {effect}.", advice);
            }
        }
    }

    private string Advice(string column, string what, string name, IReadOnlyCollection<string> known)
    {
        if (_advice.TryGetValue((column, name), out var advice))
        {
            return advice;
        }

        _comparisons += known.Count;
        var near = _comparisons <= MostComparisons ? NearestName.Among(name, known) : [];
        advice = near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?" : $"Add the {what}, or correct the name.";
        _advice.Add((column, name), advice);
        return advice;
    }
}
