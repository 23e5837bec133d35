using IndicatorCore.Indicators.Definitions;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators;

/// <summary>Which groups of a definition are kept back, and what remains of their rows.</summary>
/// <param name="definition">The definition.</param>
/// <param name="figures">Its groups by indicator and start of the window; null = nothing is judged.</param>
/// <param name="leastEnterprises">How many enterprises must contribute; a group that none does is judged by this alone.</param>
internal sealed class DisclosureVerdict(
    IndicatorDefinition definition, Dictionary<(string Indicator, long? Window), Dictionary<string, DisclosedGroup>>? figures, int leastEnterprises)
{
    /// <summary>A row as it may be shown.</summary>
    public IndicatorRow Shown(IndicatorRow row)
    {
        if (!definition.IsJudged(row) || !IsKeptBack(row.Indicator, row.Group, row.WindowStart))
        {
            return row;
        }

        if (row.Status != ResultStatus.NotAvailable)
        {
            return Figure.Judge(row, notAvailable: null, ResultReason.Disclosure) with { Flags = ResultFlags.None, Evidence = null };
        }

        // there is no figure to keep back, but what it would rest on tells as much
        return row.Evidence is { Received: > 0 } ? row with { Flags = ResultFlags.None, Evidence = null } : row;
    }

    /// <summary>A table as it may be shown.</summary>
    public IndicatorTable Shown(IndicatorTable table)
    {
        if (figures is null || !table.Keys.All(GroupKey.IsAboveEnterprise))
        {
            return table;
        }

        return table.With([.. table.Columns.Select(column =>
        {
            double[]? values = null;
            for (var row = 0; row < table.Length; row++)
            {
                if (IsKeptBack(column.Indicator, table.Keys, table.Group(row), table.Window(row).Start))
                {
                    (values ??= column.Values.ToArray())[row] = double.NaN;
                }
            }

            return values is null ? column : new IndicatorColumn(column.Indicator, column.Definition, column.Unit, values, row => Shown(column.Row(row)));
        })]);
    }

    private bool IsKeptBack(string indicator, IReadOnlyList<string> keys, ReadOnlySpan<string?> values, long? window)
    {
        var group = new KeyValuePair<string, string?>[keys.Count];
        for (var i = 0; i < group.Length; i++)
        {
            group[i] = KeyValuePair.Create(keys[i], values[i]);
        }

        return IsKeptBack(indicator, group, window);
    }

    private bool IsKeptBack(string indicator, IReadOnlyList<KeyValuePair<string, string?>> group, long? window)
    {
        if (figures is null || !group.All(static pair => GroupKey.IsAboveEnterprise(pair.Key)))
        {
            return false;
        }

        var judged = definition.PartsAreJudgedAlone ? indicator : definition.Description.Id;
        return figures.TryGetValue((judged, window), out var groups) && groups.TryGetValue(GroupName.Of(group), out var found)
            ? found.IsSuppressed
            : leastEnterprises > 0;   // none contributes
    }
}
