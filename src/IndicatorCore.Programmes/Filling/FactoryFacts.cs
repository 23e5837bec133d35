using IndicatorCore.Registry;

namespace IndicatorCore.Programmes.Filling;

/// <summary>What the registry has of factories in its other tables, at the day of the form.</summary>
internal sealed class FactoryFacts(IndicatorRegistry registry, DateOnly? day)
{
    /// <summary>The lines of a factory.</summary>
    public IReadOnlyList<LineRecord> Lines(string factory) =>
        [.. registry.Lines.Where(line => line.Factory == factory && IsInForce(line.Valid)).DistinctBy(static line => line.Line)];

    /// <summary>The workshops of its lines; a line without one is none.</summary>
    public int Workshops(string factory) => Lines(factory).Select(static line => line.Workshop).OfType<string>().Distinct().Count();

    /// <summary>Its declared scenarios: what each name is, and as what it counts.</summary>
    public IReadOnlyList<(ScenarioDecision Decision, string Name)> Scenarios(string factory) =>
        [.. registry.Scenarios.Where(row => row.Factory == factory && IsInForce(row.Valid)).Select(static row => ScenarioNames.Decide(row.Scenario)).Distinct()];

    /// <summary>The codes of its key systems, each with a name as registered.</summary>
    public IReadOnlyList<(string Code, string Name)> Systems(string factory) =>
    [
        .. registry.Systems.Where(row => row.Factory == factory && IsInForce(row.Valid)).Select(static row => (Code: SystemNames.CodeOf(row.System), Name: row.System))
            .DistinctBy(static system => system.Code),
    ];

    private bool IsInForce(DayBounds bounds) => day is not { } known || bounds.Contains(known);
}
