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

        OfCalendar(findings, registry, lines, devices);
        OfShifts(findings, registry, factories);
        OfProjects(findings, registry, factories);
        OfPrices(findings, registry);

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

    private static void OfCalendar(List<RegistryFinding> findings, IndicatorRegistry registry, HashSet<string> lines, HashSet<string> devices)
    {
        const string Table = "calendar";
        foreach (var group in registry.Calendar.GroupBy(static row => (row.Line, row.Device)))
        {
            var (line, device) = group.Key;
            var key = line ?? device!;
            Unknown(findings, Table, key, "line", line, lines);
            Unknown(findings, Table, key, "device", device, devices);

            // local times and instants are not compared: that takes the zone of a run
            foreach (var rows in group.GroupBy(static row => row.Start.Local is null))
            {
                CalendarRecord[] sorted = [.. rows.OrderBy(static row => row.Start.Local).ThenBy(static row => row.Start.Instant)];
                for (var i = 1; i < sorted.Length; i++)
                {
                    if (sorted[i].Start.Local < sorted[i - 1].End.Local || sorted[i].Start.Instant < sorted[i - 1].End.Instant)
                    {
                        var from = sorted[i].Start.Local?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
                            ?? sorted[i].Start.Instant!.Value.ToString("yyyy-MM-dd HH:mmzzz", CultureInfo.InvariantCulture);
                        findings.Add(new(FindingKind.Duplicate, Table, key, $"Two rows of {key} overlap from {from}: the time counts once."));
                    }
                }
            }
        }

        if (registry.Calendar.Count > 0)
        {
            var planned = registry.Calendar.Select(static row => row.Line).OfType<string>().ToHashSet();
            foreach (var line in lines.Where(line => !planned.Contains(line)))
            {
                findings.Add(new(FindingKind.Gap, Table, line, $"Line {line} has no planned operation: all its time in service is required."));
            }
        }
    }

    private static void OfShifts(List<RegistryFinding> findings, IndicatorRegistry registry, HashSet<string> factories)
    {
        const string Table = "shifts";
        foreach (var factory in registry.Shifts.Select(static row => row.Factory).Distinct())
        {
            Unknown(findings, Table, factory ?? string.Empty, "factory", factory, factories);
        }

        if (registry.Shifts.Count > 0 && registry.Shifts.All(static row => row.Factory is not null))
        {
            var known = registry.Shifts.Select(static row => row.Factory!).ToHashSet();
            foreach (var factory in factories.Where(factory => !known.Contains(factory)))
            {
                findings.Add(new(FindingKind.Gap, Table, factory, $"Factory {factory} has no shifts: it has no rows by shift."));
            }
        }
    }

    private static void OfProjects(List<RegistryFinding> findings, IndicatorRegistry registry, HashSet<string> factories)
    {
        const string Table = "projects";
        foreach (var project in registry.Projects)
        {
            Unknown(findings, Table, project.Project, "factory", project.Factory, factories);
            var scope = ProjectScope.Of(registry, project);
            foreach (var item in scope.Unknown)
            {
                findings.Add(new(
                    FindingKind.UnknownReference, Table, project.Project, $"{project.Project} covers {item}, which is no line, workshop or factory of the registry."));
            }

            var (lines, workshops) = (scope.Lines.Count, scope.Workshops.Count);
            var problem = project.Class switch
            {
                _ when scope.Unknown.Count > 0 => null,   // what is unknown cannot be counted
                _ when lines == 0 => "covers no line",
                ProjectClass.Line when lines != 1 => $"is {ProjectClass.Line} and covers {lines} lines, not one",
                ProjectClass.Workshop when workshops != 1 => $"is {ProjectClass.Workshop} and covers lines of {workshops} workshops, not of one",
                ProjectClass.Factory when workshops < 2 => $"is {ProjectClass.Factory} and covers a single workshop",
                _ => null,
            };
            if (problem is not null)
            {
                findings.Add(new(FindingKind.Contradiction, Table, project.Project, $"{project.Project} {problem}."));
            }
        }
    }

    private static void OfPrices(List<RegistryFinding> findings, IndicatorRegistry registry)
    {
        const string Table = "price_index";
        foreach (var element in registry.PriceIndex.GroupBy(static row => row.Element))
        {
            var key = element.Key ?? string.Empty;
            if (element.Key is { } name && !CostElements.Has(name))
            {
                findings.Add(new(
                    FindingKind.UnknownReference, Table, key, $"{name} is none of the cost elements ({CostElements.Text}): it deflates cost rows that spell it so."));
            }

            DateOnly[] months = [.. element.Select(static row => row.Month).Distinct().Order()];
            for (var i = 1; i < months.Length; i++)
            {
                if (months[i] != months[i - 1].AddMonths(1))
                {
                    var gap = months[i - 1].AddMonths(1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
                    findings.Add(new(FindingKind.Gap, Table, key, $"The index of {element.Key ?? "cost without an element"} lacks {gap}: its cost of that month has no real figure."));
                }
            }
        }
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
