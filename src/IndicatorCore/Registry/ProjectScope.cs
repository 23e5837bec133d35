namespace IndicatorCore.Registry;

/// <summary>What a project's scope comes to in a registry: its lines and their workshops.</summary>
internal sealed class ProjectScope
{
    private ProjectScope(IReadOnlyList<string> lines, IReadOnlyList<(string? Factory, string? Workshop)> workshops, IReadOnlyList<string> unknown)
    {
        Lines = lines;
        Workshops = workshops;
        Unknown = unknown;
    }

    /// <summary>The lines, in ordinal order.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The workshops that these lines stand in at any time.</summary>
    public IReadOnlyList<(string? Factory, string? Workshop)> Workshops { get; }

    /// <summary>Items of the scope that are no line, workshop or factory of the registry.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>The scope of a project. An item is a line if there is one of that id, else a workshop (of the project's factory), else a factory.</summary>
    public static ProjectScope Of(IndicatorRegistry registry, ProjectRecord project)
    {
        var rows = new List<LineRecord>();
        var unknown = new List<string>();
        IReadOnlyList<string> items = project.Scope.Count > 0 ? project.Scope : project.Factory is { } all ? [all] : [];
        foreach (var item in items)
        {
            LineRecord[] found = [.. registry.Lines.Where(row => row.Line == item && IsOf(row))];
            found = found.Length > 0 ? found : [.. registry.Lines.Where(row => row.Workshop == item && IsOf(row))];
            found = found.Length > 0 ? found : [.. registry.Lines.Where(row => row.Factory == item && IsOf(row))];
            if (found.Length == 0 && !registry.Factories.Any(row => row.Factory == item))
            {
                unknown.Add(item);
            }

            rows.AddRange(found);
        }

        return new ProjectScope(
            [.. rows.Select(static row => row.Line).Distinct().Order(StringComparer.Ordinal)],
            [.. rows.Select(static row => (row.Factory, row.Workshop)).Distinct()],
            unknown);

        bool IsOf(LineRecord row) => project.Factory is null || row.Factory == project.Factory;
    }
}
