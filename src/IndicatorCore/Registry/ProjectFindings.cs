using System.Globalization;

namespace IndicatorCore.Registry;

/// <summary>What the check says of the tables projects and price_index.</summary>
internal static class ProjectFindings
{
    /// <summary>The findings in projects.</summary>
    public static IEnumerable<RegistryFinding> OfProjects(IndicatorRegistry registry, RegistryNames names)
    {
        var findings = new FindingList("projects");
        for (var i = 0; i < registry.Projects.Count; i++)
        {
            var project = registry.Projects[i];
            findings.Unknown(i, "factory", project.Project, "factory", project.Factory, names.Factories, "it covers nothing");
            var scope = ProjectScope.Of(registry, project);
            foreach (var item in scope.Unknown.Where(item => item != project.Factory))
            {
                findings.Add(
                    FindingSeverity.Warning, FindingKind.UnknownReference, i, "scope", project.Project,
                    $"{project.Project} covers {item}, which is no line, workshop or factory of the registry.", "Correct the name, or add the line.");
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
                findings.Add(
                    FindingSeverity.Warning, FindingKind.Contradiction, i, "class", project.Project, $"{project.Project} {problem}.", "Correct the class, or what the project covers.");
            }
        }

        return findings.Sorted;
    }

    /// <summary>The findings in price_index.</summary>
    public static IEnumerable<RegistryFinding> OfPrices(IndicatorRegistry registry)
    {
        var findings = new FindingList("price_index");
        foreach (var element in Enumerable.Range(0, registry.PriceIndex.Count).GroupBy(row => registry.PriceIndex[row].Element))
        {
            var key = element.Key ?? string.Empty;
            if (element.Key is { } name && !CostElements.Has(name))
            {
                findings.Add(
                    FindingSeverity.Warning, FindingKind.UnknownReference, element.First(), "element", key,
                    $"{name} is none of the cost elements ({CostElements.Text}): it deflates cost rows that spell it so.", "Correct it, unless cost rows spell it so.");
            }

            var sorted = element.OrderBy(row => registry.PriceIndex[row].Month).ToList();
            for (var i = 1; i < sorted.Count; i++)
            {
                var (before, month) = (registry.PriceIndex[sorted[i - 1]].Month, registry.PriceIndex[sorted[i]].Month);
                if (month > before.AddMonths(1))
                {
                    findings.Add(
                        FindingSeverity.Warning, FindingKind.Gap, sorted[i], "month", key,
                        $"The index of {element.Key ?? "cost without an element"} lacks {before.AddMonths(1).ToString("yyyy-MM", CultureInfo.InvariantCulture)}: its cost of that month has no real figure.",
                        "Add the month.");
                }
            }
        }

        return findings.Sorted;
    }
}
