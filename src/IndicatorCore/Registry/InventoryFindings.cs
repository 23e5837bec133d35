using IndicatorCore.Errors;

namespace IndicatorCore.Registry;

/// <summary>What the check says of the tables scenarios, systems and assets.</summary>
internal static class InventoryFindings
{
    /// <summary>The findings in scenarios.</summary>
    public static IEnumerable<RegistryFinding> OfScenarios(IndicatorRegistry registry, RegistryNames names)
    {
        var findings = new FindingList("scenarios");
        for (var i = 0; i < registry.Scenarios.Count; i++)
        {
            var row = registry.Scenarios[i];
            OfFactory(findings, i, row.Scenario, row.Factory, names);
            foreach (var device in row.Devices)
            {
                findings.Unknown(i, "device", row.Scenario, "device", device, names.Devices, "its data is evidence only if it comes under this very name");
            }

            OfName(findings, i, row.Scenario);
        }

        Repeated(findings, registry.Scenarios, "scenario", static row => (row.Factory, ScenarioNames.Decide(row.Scenario).Name), static row => row.Scenario, static row => row.Valid);
        return findings.Sorted;
    }

    /// <summary>The findings in systems.</summary>
    public static IEnumerable<RegistryFinding> OfSystems(IndicatorRegistry registry, RegistryNames names)
    {
        var findings = new FindingList("systems");
        for (var i = 0; i < registry.Systems.Count; i++)
        {
            OfFactory(findings, i, registry.Systems[i].System, registry.Systems[i].Factory, names);
        }

        Repeated(findings, registry.Systems, "system", static row => (row.Factory, SystemNames.CodeOf(row.System)), static row => row.System, static row => row.Valid);
        return findings.Sorted;
    }

    /// <summary>The findings in assets.</summary>
    public static IEnumerable<RegistryFinding> OfAssets(IndicatorRegistry registry, RegistryNames names)
    {
        var findings = new FindingList("assets");
        var kinds = new Dictionary<string, string>();
        for (var i = 0; i < registry.Assets.Count; i++)
        {
            var row = registry.Assets[i];
            findings.Unknown(i, "factory", row.Asset, "factory", row.Factory, names.Factories, "it counts in none");
            foreach (var zone in names.Zones.Count > 0 ? row.Zones : [])
            {
                findings.Unknown(i, "zone", row.Asset, "zone", zone, names.Zones, "it counts in none");
            }

            if (row.Factory is null && row.Zones.Count == 0)
            {
                findings.Add(
                    FindingSeverity.Warning, FindingKind.Gap, i, "factory", row.Asset, $"Asset {row.Asset} belongs to no factory and no zone: it counts in none.", "Enter one of them.");
            }

            if (!kinds.TryAdd(row.Asset, row.Kind) && kinds[row.Asset] != row.Kind)
            {
                findings.Add(
                    FindingSeverity.Error, FindingKind.Contradiction, i, "kind", row.Asset, $"Asset {row.Asset} is {kinds[row.Asset]} in one row and {row.Kind} in another.",
                    "Correct the kind, or tell two assets apart by their ids.");
            }
        }

        return findings.Sorted;
    }

    private static void OfFactory(FindingList findings, int row, string key, string? factory, RegistryNames names)
    {
        findings.Unknown(row, "factory", key, "factory", factory, names.Factories, "it counts in none");
        if (factory is null)
        {
            findings.Add(FindingSeverity.Warning, FindingKind.Gap, row, "factory", key, $"{key} belongs to no factory: it counts in none.", "Enter its factory.");
        }
    }

    private static void OfName(FindingList findings, int row, string scenario)
    {
        switch (ScenarioNames.Decide(scenario))
        {
            case (ScenarioDecision.Ambiguous, _):
                findings.Add(
                    FindingSeverity.Warning, FindingKind.Gap, row, "scenario", scenario, $"{scenario} may mean several of the twenty scenarios: it counts as none.",
                    "Register the one that is meant: 厂区智能物流 or 全域物流监测.");
                break;
            case (ScenarioDecision.Other, var name) when NearestName.Among(name, ScenarioNames.Canonical) is { Count: > 0 } near:
                findings.Add(
                    FindingSeverity.Warning, FindingKind.UnknownReference, row, "scenario", scenario, $"{scenario} is none of the twenty scenarios, and is written much like one.",
                    $"Did you mean {string.Join(" or ", near)}?");
                break;
            case (ScenarioDecision.Other, _):
                findings.Add(
                    FindingSeverity.Notice, FindingKind.UnknownReference, row, "scenario", scenario, $"{scenario} is none of the twenty scenarios: it counts as a new one.",
                    "Nothing, if it is one (探索形成新的场景).");
                break;
            default:
                break;
        }
    }

    // of one factory at one time; what differs in nothing that counts
    private static void Repeated<T>(
        FindingList findings, IReadOnlyList<T> rows, string column, Func<T, (string? Factory, string Name)> thing, Func<T, string> spelling, Func<T, DayBounds> valid)
    {
        foreach (var group in Enumerable.Range(0, rows.Count).GroupBy(row => thing(rows[row])).Where(static group => group.Key.Factory is not null))
        {
            var known = new List<int>();
            foreach (var row in group)
            {
                if (known.Exists(other => Overlap(valid(rows[other]), valid(rows[row]))))
                {
                    var (what, name) = (spelling(rows[row]), group.Key.Name);
                    findings.Add(
                        FindingSeverity.Notice, FindingKind.Duplicate, row, column, what,
                        $"{what} of {group.Key.Factory} {(what == name ? "stands there" : $"is {name}, which stands there")} more than once at one time: it counts once.",
                        "Keep one row, unless several say something of their own.");
                }

                known.Add(row);
            }
        }
    }

    private static bool Overlap(DayBounds left, DayBounds right) =>
        (left.From ?? DateOnly.MinValue) < (right.To ?? DateOnly.MaxValue) && (right.From ?? DateOnly.MinValue) < (left.To ?? DateOnly.MaxValue);
}
