namespace IndicatorCore.Programmes.Filling;

/// <summary>Numbers of projects in the yearly directory (programme-forms 6): a project listed again in a later year counts once in the cumulative number.</summary>
internal static class CountTable
{
    /// <summary>The registry's heading of the years in which a factory was listed.</summary>
    public const string Year = "名录年度";

    private const string All = "合计";

    /// <summary>A row for each year and class of projects that was ever listed until then, and one for each year in all.</summary>
    public static FilledTable Fill(ProgrammeSection section, IReadOnlyList<FormSubject> factories, FormFindings findings)
    {
        var listed = new List<(int Year, (string Province, string Industry, string Class) Kind, string Project)>();
        foreach (var factory in factories)
        {
            var kind = (factory.Text("province") ?? "未填", factory.Text("industry") ?? "未填", factory.Text("class") ?? "未填");
            foreach (var text in (factory.Text(Year) ?? string.Empty).Split([';', '；', '、', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (int.TryParse(text.TrimEnd('年'), out var year) && year is >= 2000 and < 2200)
                {
                    listed.Add((year, kind, factory.Key));
                }
                else
                {
                    findings.Add(FormSeverity.Error, factory, Year, $"\"{text}\" is not a year", "Four digits; several years are separated by ;.");
                }
            }
        }

        var rows = new List<IReadOnlyList<FilledCell>>();
        foreach (var year in listed.Select(static project => project.Year).Distinct().Order())
        {
            var until = listed.Where(project => project.Year <= year).ToList();
            var kinds = until.Select(static project => project.Kind).Distinct()
                .OrderBy(static kind => kind.Province, StringComparer.Ordinal).ThenBy(static kind => kind.Industry, StringComparer.Ordinal)
                .ThenBy(static kind => kind.Class, StringComparer.Ordinal);
            foreach (var kind in kinds)
            {
                rows.Add(Row(year, kind, [.. until.Where(project => project.Kind == kind)]));
            }

            rows.Add(Row(year, (All, string.Empty, string.Empty), until));
        }

        return new(section.Columns, rows);
    }

    private static FilledCell[] Row(
        int year, (string Province, string Industry, string Class) kind, List<(int Year, (string, string, string) Kind, string Project)> until) =>
    [
        new() { Text = year.ToString() }, new() { Text = kind.Province }, new() { Text = kind.Industry }, new() { Text = kind.Class },
        Count(until.Where(project => project.Year == year).Select(static project => project.Project)), Count(until.Select(static project => project.Project)),
    ];

    private static FilledCell Count(IEnumerable<string> projects)
    {
        var count = projects.Distinct().Count();
        return new() { Text = count.ToString(), Number = count, Format = FieldFormat.Count };
    }
}
