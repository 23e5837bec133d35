using System.Text.RegularExpressions;
using IndicatorCore.Indicators;
using IndicatorCore.Sources;

namespace IndicatorCore.Cli.Exports;

/// <summary>Whether inputs have what an indicator needs.</summary>
/// <param name="Id">The indicator.</param>
/// <param name="NeedsRegistry">Whether it also needs a registry.</param>
/// <param name="Missing">What no input has, such as <c>radio: sinr_db</c>; empty when the export can feed it.</param>
/// <remarks>
/// The catalogue writes needs as <c>table: a, b, c and d or e; optional f</c>: commas join what is needed, <c>or</c> gives choices,
/// <c>and</c> binds closer; an hours column may come in seconds; <c>(where t has no c)</c> limits a need to inputs without that column.
/// </remarks>
internal sealed partial record IndicatorReadiness(string Id, bool NeedsRegistry, IReadOnlyList<string> Missing)
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
            var name = need.Split(':')[0].Trim();
            if (TableCatalog.Find(name) is not { } table)
            {
                needsRegistry |= name == "registry";
                continue;
            }

            if (Condition().Match(need) is { Success: true } condition
                && inputs.Any(input => input.Feeds.Contains(condition.Groups["table"].Value) && input.Has.Contains(condition.Groups["column"].Value)))
            {
                continue;
            }

            missing.AddRange(Lacking(table, Parenthesis().Replace(need[(need.IndexOf(':', StringComparison.Ordinal) + 1)..], string.Empty), inputs));
        }

        return new IndicatorReadiness(indicator.Id, needsRegistry, missing);
    }

    private static IEnumerable<string> Lacking(TableDefinition table, string need, IReadOnlyList<InputInspection> inputs)
    {
        var required = need.Split(';')[0];
        var feeding = inputs.Where(input => input.Feeds.Contains(table.Name)).ToList();
        if (feeding.Count == 0)
        {
            return [$"{table.Name}: {required.Trim()}"];
        }

        bool Has(string column) => column == table.TimeColumn || feeding.Exists(input =>
            input.Has.Contains(column) || (column.EndsWith("_h", StringComparison.Ordinal) && input.Has.Contains(column[..^1] + "s")));
        return required.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(static item => item.StartsWith("and ", StringComparison.Ordinal) ? item[4..] : item)
            .Where(item => !item.Split(" or ").Any(choice => choice.Split(" and ", StringSplitOptions.TrimEntries).All(Has)))
            .Select(item => $"{table.Name}: {item}");
    }

    [GeneratedRegex(@"\(where (?<table>\w+) has no (?<column>\w+)\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Condition();

    [GeneratedRegex(@"\s*\([^)]*\)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parenthesis();
}
