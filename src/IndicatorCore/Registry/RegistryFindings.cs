namespace IndicatorCore.Registry;

/// <summary>Looks for gaps and contradictions in a registry; none of them stops a run.</summary>
public static class RegistryFindings
{
    /// <summary>The findings, ordered by table (as in interface 2), row, column and text; empty when there are none.</summary>
    /// <param name="registry">The registry to judge.</param>
    public static IReadOnlyList<RegistryFinding> Of(IndicatorRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var names = new RegistryNames(registry);
        return
        [
            .. FactoryFindings.Of(registry, names),
            .. LineFindings.Of(registry, names),
            .. DeviceFindings.Of(registry, names),
            .. OfGridCells(registry, names),
            .. OfZones(registry),
            .. OfDeclared(registry, names),
            .. InventoryFindings.OfScenarios(registry, names),
            .. InventoryFindings.OfSystems(registry, names),
            .. InventoryFindings.OfAssets(registry, names),
            .. TimeFindings.OfCalendar(registry, names),
            .. TimeFindings.OfShifts(registry, names),
            .. ProjectFindings.OfProjects(registry, names),
            .. ProjectFindings.OfPrices(registry),
        ];
    }

    private static IEnumerable<RegistryFinding> OfGridCells(IndicatorRegistry registry, RegistryNames names)
    {
        const string Table = "grid_cells";
        var findings = new FindingList(Table);
        var known = new HashSet<GridCellRecord>();
        for (var i = 0; i < registry.GridCells.Count; i++)
        {
            var cell = registry.GridCells[i];
            findings.Unknown(i, "factory", cell.Factory, "factory", cell.Factory, names.Factories, "its cells are covered by nobody");
            if (!known.Add(cell))
            {
                findings.AddOnce(
                    FindingSeverity.Notice, FindingKind.Duplicate, i, null, cell.Factory,
                    $"Cell {cell.Floor}:{cell.X}:{cell.Y} of {cell.Factory} stands there more than once: it counts once.", "Keep one row.");
            }
        }

        return findings.Sorted;
    }

    private static IEnumerable<RegistryFinding> OfZones(IndicatorRegistry registry)
    {
        var findings = new FindingList("zones");
        var known = new HashSet<string>();
        for (var i = 0; i < registry.Zones.Count; i++)
        {
            var zone = registry.Zones[i];
            if (!known.Add(zone.Zone))
            {
                findings.Add(FindingSeverity.Error, FindingKind.Contradiction, i, "zone", zone.Zone, $"Zone {zone.Zone} stands there more than once.", "Keep one row a zone.");
            }

            if (zone.Population is null)
            {
                findings.Add(
                    FindingSeverity.Warning, FindingKind.Gap, i, "population", zone.Zone,
                    $"Zone {zone.Zone} has no population: base stations by 10,000 people have no denominator.", "Enter 常住人口.");
            }

            foreach (var item in zone.Additional.Where(static pair => pair.Value.Length > 0).GroupBy(static pair => ZoneTable.ItemOfPoints(pair.Key)).Where(static item => item.Key is not null && item.Count() > 1))
            {
                var isSame = item.DistinctBy(static pair => pair.Value).Count() == 1;
                findings.Add(
                    isSame ? FindingSeverity.Notice : FindingSeverity.Error, isSame ? FindingKind.Duplicate : FindingKind.Contradiction, i, item.Last().Key, zone.Zone,
                    $"Zone {zone.Zone} has points of one item under {string.Join(" and ", item.Select(static pair => pair.Key))}: the last count.", "Keep one column.");
            }
        }

        return findings.Sorted;
    }

    private static IEnumerable<RegistryFinding> OfDeclared(IndicatorRegistry registry, RegistryNames names)
    {
        var findings = new FindingList("declared");
        var known = new Dictionary<(string, string), string>();
        HashSet<string> subjects = [.. names.Factories, .. names.Zones, .. names.Parks];
        for (var i = 0; i < registry.Declared.Count; i++)
        {
            var row = registry.Declared[i];
            findings.Unknown(i, "factory", row.Factory, "factory, park or zone", row.Factory, subjects, "what it declares is held against nothing");
            if (!known.TryAdd((row.Factory, row.Indicator), row.Text))
            {
                var isSame = known[(row.Factory, row.Indicator)] == row.Text;
                findings.Add(
                    isSame ? FindingSeverity.Notice : FindingSeverity.Error, isSame ? FindingKind.Duplicate : FindingKind.Contradiction, i, "indicator", row.Factory,
                    $"{row.Factory} declares {row.Indicator} more than once{(isSame ? string.Empty : $": {known[(row.Factory, row.Indicator)]} and {row.Text}")}.", "Keep one row.");
            }
        }

        return findings.Sorted;
    }
}
