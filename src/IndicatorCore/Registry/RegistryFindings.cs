using System.Globalization;

namespace IndicatorCore.Registry;

/// <summary>Looks for gaps and contradictions in a registry; none of them stops a run.</summary>
public static class RegistryFindings
{
    /// <summary>The findings, ordered by table, key and text; empty when there are none.</summary>
    /// <param name="registry">The registry to judge.</param>
    public static IReadOnlyList<RegistryFinding> Of(IndicatorRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var findings = new List<RegistryFinding>();
        var lines = registry.Lines.Select(static row => row.Line).ToHashSet();
        var factories = registry.Factories.Select(static row => row.Factory).ToHashSet();
        var devices = registry.Devices.Select(static row => row.Device).ToHashSet();
        var zones = registry.Zones.Select(static row => row.Zone).ToHashSet();

        Overlaps(findings, "devices", registry.Devices, static row => row.Device, static row => row.Valid, static (left, right) =>
            Differs("line", left.Line, right.Line)
            ?? Differs("is_key", left.IsKey ? "1" : "0", right.IsKey ? "1" : "0")
            ?? Differs("kind", left.Kind, right.Kind)
            ?? Differs("behind", left.Behind, right.Behind)
            ?? Differs("access", left.Access, right.Access));
        Overlaps(findings, "lines", registry.Lines, static row => row.Line, static row => row.Valid, static (left, right) =>
            Differs("factory", left.Factory, right.Factory)
            ?? Differs("workshop", left.Workshop, right.Workshop)
            ?? (SameGoLive(left, right) ? Differs("evidence", left.Evidence, right.Evidence) : "go_live"));
        Overlaps(findings, "factories", registry.Factories, static row => row.Factory, static row => row.Valid, static (left, right) =>
            Differs("name", left.Name, right.Name)
            ?? Differs("enterprise", left.Enterprise, right.Enterprise)
            ?? Differs("city", left.City, right.City)
            ?? Differs("district", left.District, right.District)
            ?? Differs("province", left.Province, right.Province)
            ?? Differs("industry", left.Industry, right.Industry)
            ?? Differs("class", left.Class, right.Class)
            ?? Differs("credit_code", left.CreditCode, right.CreditCode)
            ?? (left.Parks.ToHashSet().SetEquals(right.Parks) ? null : "park")
            ?? (left.Zones.ToHashSet().SetEquals(right.Zones) ? null : "zone")
            ?? (left.Operators.ToHashSet().SetEquals(right.Operators) ? null : "operator"));

        foreach (var row in registry.Devices)
        {
            Unknown(findings, "devices", row.Device, "line", row.Line, lines);
            Unknown(findings, "devices", row.Device, "gateway", row.Behind, devices);
            if (row.Line is null)
            {
                findings.Add(new(FindingKind.Gap, "devices", row.Device, $"Device {row.Device} stands on no line: it counts in no factory."));
            }

            if (row.Behind == row.Device)
            {
                findings.Add(new(FindingKind.Contradiction, "devices", row.Device, $"Device {row.Device} stands behind itself."));
            }
        }

        foreach (var row in registry.Lines)
        {
            Unknown(findings, "lines", row.Line, "factory", row.Factory, factories);
            if (row.Factory is null)
            {
                findings.Add(new(FindingKind.Gap, "lines", row.Line, $"Line {row.Line} belongs to no factory."));
            }
        }

        foreach (var row in registry.Factories.Where(_ => zones.Count > 0))
        {
            foreach (var zone in row.Zones)
            {
                Unknown(findings, "factories", row.Factory, "zone", zone, zones);
            }
        }

        foreach (var factory in registry.GridCells.Select(static row => row.Factory).Distinct())
        {
            Unknown(findings, "grid_cells", factory, "factory", factory, factories);
        }

        foreach (var factory in registry.Declared.Select(static row => row.Factory).Distinct())
        {
            Unknown(findings, "declared", factory, "factory", factory, factories);
        }

        foreach (var row in registry.Scenarios)
        {
            Unknown(findings, "scenarios", row.Scenario, "factory", row.Factory, factories);
            foreach (var device in row.Devices)
            {
                Unknown(findings, "scenarios", row.Scenario, "device", device, devices);
            }

            if (ScenarioNames.Decide(row.Scenario).Decision == ScenarioDecision.Ambiguous)
            {
                findings.Add(new(FindingKind.Gap, "scenarios", row.Scenario, $"{row.Scenario} may mean several of the twenty scenarios: it counts as none."));
            }
        }

        foreach (var row in registry.Systems)
        {
            Unknown(findings, "systems", row.System, "factory", row.Factory, factories);
        }

        foreach (var row in registry.Assets)
        {
            Unknown(findings, "assets", row.Asset, "factory", row.Factory, factories);
            foreach (var zone in zones.Count > 0 ? row.Zones : [])
            {
                Unknown(findings, "assets", row.Asset, "zone", zone, zones);
            }
        }

        foreach (var group in registry.GridCells.GroupBy(static row => row).Where(static group => group.Count() > 1))
        {
            findings.Add(new(FindingKind.Duplicate, "grid_cells", group.Key.Factory, Repeated($"Cell {group.Key.Floor}:{group.Key.X}:{group.Key.Y}")));
        }

        foreach (var group in registry.Zones.GroupBy(static row => row.Zone).Where(static group => group.Count() > 1))
        {
            findings.Add(new(FindingKind.Contradiction, "zones", group.Key, Repeated($"Zone {group.Key}")));
        }

        foreach (var group in registry.Declared.GroupBy(static row => (row.Factory, row.Indicator)).Where(static group => group.Count() > 1))
        {
            var kind = group.Distinct().Count() > 1 ? FindingKind.Contradiction : FindingKind.Duplicate;
            findings.Add(new(kind, "declared", group.Key.Factory, Repeated($"Indicator {group.Key.Indicator} of {group.Key.Factory}")));
        }

        if (registry.Devices.Count > 0 && !registry.Devices.Any(static row => row.IsKey))
        {
            findings.Add(new(FindingKind.Gap, "devices", string.Empty, "No device is a key device: knr has no denominator."));
        }

        if (registry.Lines.Count > 0 && registry.Lines.All(static row => row.GoLiveDate is null && row.GoLiveInstant is null))
        {
            findings.Add(new(FindingKind.Gap, "lines", string.Empty, "No line has a go-live: eff_gain and cost_red have no phases."));
        }

        return
        [
            .. findings.Distinct()
                .OrderBy(static finding => finding.Table, StringComparer.Ordinal)
                .ThenBy(static finding => finding.Key, StringComparer.Ordinal)
                .ThenBy(static finding => finding.Problem, StringComparer.Ordinal),
        ];
    }

    private static void Overlaps<T>(
        List<RegistryFinding> findings,
        string table,
        IReadOnlyList<T> rows,
        Func<T, string> key,
        Func<T, DayBounds> valid,
        Func<T, T, string?> difference)
    {
        foreach (var group in rows.GroupBy(key).Where(static group => group.Count() > 1))
        {
            // by start: only rows that begin before the furthest end so far can overlap
            var sorted = group.OrderBy(row => valid(row).From ?? DateOnly.MinValue).ToList();
            for (var i = 0; i < sorted.Count; i++)
            {
                var end = valid(sorted[i]).To ?? DateOnly.MaxValue;
                for (var j = i + 1; j < sorted.Count && (valid(sorted[j]).From ?? DateOnly.MinValue) < end; j++)
                {
                    var column = difference(sorted[i], sorted[j]);
                    if (column == "go_live")
                    {
                        continue;
                    }

                    var from = valid(sorted[j]).From is { } day ? $"from {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "at all times";
                    findings.Add(column is null
                        ? new(FindingKind.Duplicate, table, group.Key, $"Two rows of {group.Key} say the same {from}.")
                        : new(FindingKind.Contradiction, table, group.Key, $"Two rows of {group.Key} overlap {from} and differ in {column}."));
                }
            }
        }
    }

    private static string? Differs(string column, string? left, string? right) =>
        left == right ? null : $"{column} ({left ?? "empty"}, {right ?? "empty"})";

    private static bool SameGoLive(LineRecord left, LineRecord right) =>
        left.GoLiveDate == right.GoLiveDate && left.GoLiveInstant == right.GoLiveInstant;

    private static void Unknown(List<RegistryFinding> findings, string table, string key, string what, string? name, HashSet<string> known)
    {
        if (name is not null && !known.Contains(name))
        {
            findings.Add(new(FindingKind.UnknownReference, table, key, $"{key} names the {what} {name}, which the registry does not have."));
        }
    }

    private static string Repeated(string what) => $"{what} stands there more than once.";
}
