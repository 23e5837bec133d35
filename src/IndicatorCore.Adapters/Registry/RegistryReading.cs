using IndicatorCore.Errors;
using IndicatorCore.Registry;

namespace IndicatorCore.Adapters.Registry;

/// <summary>A registry as far as it could be read, with everything that could not, and where its rows stand.</summary>
public sealed class RegistryReading
{
    private readonly RegistryTables _tables;

    internal RegistryReading(IndicatorRegistry registry, RegistryTables tables)
    {
        Registry = registry;
        _tables = tables;
    }

    /// <summary>What could be read: values that could not are left out, and rows without what every row needs.</summary>
    public IndicatorRegistry Registry { get; }

    /// <summary>What could not be read together with findings in <see cref="Registry"/>: errors first, then by table (as in interface 2), row, column and text.</summary>
    /// <param name="findings">Findings in <see cref="Registry"/>, of any checks; each is given its place.</param>
    public IReadOnlyList<RegistryIssue> Issues(IEnumerable<RegistryFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var order = RegistryReader.Tables.Index().ToDictionary(static table => table.Item, static table => table.Index);
        return
        [
            .. _tables.Faults.Concat(findings.Select(Locate))
                .OrderBy(static issue => issue.Severity)
                .ThenBy(issue => order[issue.Table])
                .ThenBy(static issue => issue.Location.Batch ?? -1)
                .ThenBy(static issue => issue.Location.Row ?? -1)
                .ThenBy(static issue => issue.Location.Column, StringComparer.Ordinal)
                .ThenBy(static issue => issue.Problem, StringComparer.Ordinal),
        ];
    }

    private RegistryIssue Locate(RegistryFinding finding)
    {
        var row = finding.Row is { } ordinal ? _tables.RowOf(finding.Table, ordinal) : null;
        var location = row?.PlaceOf(finding.Column) ?? new DataLocation(Column: finding.Column).Within(_tables.PlaceOf(finding.Table));
        return new(
            finding.Severity, finding.Kind, finding.Table, location, finding.Column is { } column ? row?.CellOf(column) : null, finding.Key, finding.Problem, finding.Advice);
    }
}
