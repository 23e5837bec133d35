using IndicatorCore.Indicators;
using IndicatorCore.Sources;

namespace IndicatorCore.Cli.Exports;

/// <summary>Whether an export can feed an indicator, and what is missing if not.</summary>
/// <param name="Id">The indicator.</param>
/// <param name="NeedsRegistry">Whether a registry is needed beside the export.</param>
/// <param name="Missing">What no input has, such as <c>radio: sinr_db</c>; empty when the export can feed it.</param>
internal sealed record IndicatorReadiness(string Id, bool NeedsRegistry, IReadOnlyList<string> Missing)
{
    /// <summary>Judges every indicator of a catalogue against inspected inputs.</summary>
    public static IReadOnlyList<IndicatorReadiness> Of(IReadOnlyList<IndicatorDescription> catalog, IReadOnlyList<InputInspection> inputs) =>
        [.. catalog.Select(indicator => Of(indicator, inputs))];

    private static IndicatorReadiness Of(IndicatorDescription indicator, IReadOnlyList<InputInspection> inputs) => new(
        indicator.Id,
        indicator.Needs.Any(static need => need.Source == IndicatorNeed.Registry),
        [
            .. indicator.Needs.Where(static need => need.Source != IndicatorNeed.Registry && !need.IsAlternative).SelectMany(need => Lacking(need, inputs)),
            .. LackingAll([.. indicator.Needs.Where(static need => need.IsAlternative).Select(need => Lacking(need, inputs).ToArray())]),
        ]);

    // of alternatives one is enough: where each lacks something, what the nearest lacks
    private static string[] LackingAll(string[][] alternatives) =>
        alternatives.Length == 0 ? [] : alternatives.MinBy(static lacking => lacking.Length)!;

    private static IEnumerable<string> Lacking(IndicatorNeed need, IReadOnlyList<InputInspection> inputs)
    {
        if (need.LapsesWith?.Split('.') is [var other, var column] && Feeding(other, inputs).Any(input => input.Has.Contains(column)))
        {
            return [];
        }

        // the wide table's event_ts stands for every table's own time
        var time = TableCatalog.Find(need.Source)?.TimeColumn;
        var feeding = Feeding(need.Source, inputs).ToList();
        return need.Missing(name => feeding.Exists(input => name == time || input.Has.Contains(name) || HasOwn(input, name))).Select(missing => $"{need.Source}: {missing}");
    }

    private static IEnumerable<InputInspection> Feeding(string table, IReadOnlyList<InputInspection> inputs) =>
        inputs.Where(input => input.Feeds.Contains(table) || input.Table == table);

    // user-defined indicators name columns of the export too
    private static bool HasOwn(InputInspection input, string name) =>
        !TableCatalog.All.Any(table => table.Columns.Contains(name)) && input.Schema.Fields.Any(field => field.Name == name);
}
