using System.Collections.Concurrent;
using IndicatorCore.Adapters.Registry;
using IndicatorCore.Indicators;
using IndicatorCore.Programmes;
using IndicatorCore.Programmes.Filling;
using IndicatorCore.Registry;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Programmes;

/// <summary>Forms of the sample province, whose registry gets the fields that telemetry does not know.</summary>
internal static class SampleForms
{
    private static readonly ConcurrentDictionary<string, Lazy<IndicatorReport>> s_reports = new();
    private static readonly Lazy<IndicatorRegistry> s_registry = new(ReadRegistry);

    /// <summary>The registry of the sample, with what stands in the folder Registry beside this file in place of its tables.</summary>
    public static IndicatorRegistry Registry => s_registry.Value;

    /// <summary>The folder whose tables go before those of the sample.</summary>
    public static string Overlay { get; } = Path.Combine(Shared.Repository, "tests", "IndicatorCore.Tests", "Programmes", "Registry");

    /// <summary>Who the golden form of a programme is about.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Subject(Programme programme) => programme.Scope switch
    {
        ProgrammeScope.Zone => [new("zone", "铁西先导区")],
        ProgrammeScope.Park => [new("park", "沈阳经济技术开发区")],
        ProgrammeScope.Factory => [new("factory", "F001")],
        _ when programme.Id == "monitoring" => [new("factory", "F001")],
        _ => [],
    };

    /// <summary>A programme filled from the sample.</summary>
    public static FilledForm Fill(string programme, string? day = "2024-03-05", IReadOnlyList<KeyValuePair<string, string>>? where = null) =>
        Fill(ProgrammeCatalog.Find(programme), Registry, day, where);

    /// <summary>A programme filled from the sample and another registry.</summary>
    public static FilledForm Fill(Programme programme, IndicatorRegistry registry, string? day = null, IReadOnlyList<KeyValuePair<string, string>>? where = null) => FormFiller.Fill(
        programme,
        new FormInput
        {
            Registry = registry,
            Report = programme.Indicators.Count == 0 ? null : Report(programme, registry, from: null, to: null),
            Before = programme.NeedsBaseline ? Report(programme, registry, "2023-05-01", "2024-01-01") : null,
        },
        new FormOptions { Day = day is null ? null : DateOnly.Parse(day), Where = where ?? Subject(programme) });

    private static IndicatorReport Report(Programme programme, IndicatorRegistry registry, string? from, string? to)
    {
        var isSeries = programme.Sections.Any(static section => section.Rows == SectionRows.Series);
        var key = $"{programme.Id} {from} {System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(registry)}";
        return s_reports.GetOrAdd(key, _ => new Lazy<IndicatorReport>(() => Reports.OfFiles(
            new IndicatorQuery
            {
                Registry = registry,
                GroupBy = programme.Levels,
                Select = programme.Indicators,
                Window = isSeries ? Window.Year : Window.Default,
                From = from is null ? null : TimeBound.Parse(from),
                To = to is null ? null : TimeBound.Parse(to),
                Threads = 2,
            },
            Path.Combine(Shared.Repository, "data", "sample")))).Value;
    }

    private static IndicatorRegistry ReadRegistry()
    {
        using var folder = new TemporaryFolder();
        CopyTo(folder.Path);
        return RegistryReader.Read(folder.Path);
    }

    /// <summary>Writes the registry's tables into a folder.</summary>
    public static void CopyTo(string folder)
    {
        foreach (var source in new[] { Path.Combine(Shared.Repository, "data", "sample", "registry"), Overlay })
        {
            foreach (var path in Directory.GetFiles(source, "*.csv"))
            {
                File.Copy(path, Path.Combine(folder, Path.GetFileName(path)), overwrite: true);
            }
        }
    }
}
