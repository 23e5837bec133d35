using IndicatorCore.Indicators;
using IndicatorCore.Sources;

namespace IndicatorCore.Cli.Exports;

/// <summary>Whether inputs have what an indicator needs.</summary>
/// <param name="Id">The indicator.</param>
/// <param name="NeedsRegistry">Whether it also needs a registry.</param>
/// <param name="Missing">What no input has, such as <c>radio: sinr_db</c>; empty when the export can feed it.</param>
internal sealed record IndicatorReadiness(string Id, bool NeedsRegistry, IReadOnlyList<string> Missing)
{
    /// <summary>Judges every indicator of a catalogue against inspected inputs.</summary>
    public static IReadOnlyList<IndicatorReadiness> Of(IReadOnlyList<IndicatorDescription> catalog, IReadOnlyList<InputInspection> inputs) =>
        [.. catalog.Select(indicator => Of(indicator, inputs))];

    private static IndicatorReadiness Of(IndicatorDescription indicator, IReadOnlyList<InputInspection> inputs)
    {
        var missing = new List<string>();
        var needsRegistry = false;
        foreach (var need in indicator.Columns)
        {
            var parts = need.Split(':', 2, StringSplitOptions.TrimEntries);
            if (TableCatalog.Find(parts[0]) is not { } table)
            {
                needsRegistry |= need.Contains("registry", StringComparison.OrdinalIgnoreCase);
                continue;
            }

            var feeding = inputs.Where(input => input.Feeds.Contains(table.Name)).ToList();
            if (feeding.Count == 0)
            {
                missing.Add(need);
                continue;
            }

            var columns = parts.Length == 1 ? [] : parts[1].Split(',', StringSplitOptions.TrimEntries)
                .Where(column => table.Required.Concat(table.Optional).Contains(column) && column != table.TimeColumn);
            var lacking = columns.Where(column => !feeding.Exists(input => input.Has.Contains(column))).ToList();
            if (lacking.Count > 0)
            {
                missing.Add($"{table.Name}: {string.Join(", ", lacking)}");
            }
        }

        return new IndicatorReadiness(indicator.Id, needsRegistry, missing);
    }
}
