using IndicatorCore.Registry;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Registry;

/// <summary>What the check says of calendar, shifts, projects and price_index.</summary>
public sealed class OptionalTableFindingsTests
{
    private static readonly IndicatorRegistry s_registry = new()
    {
        Factories = [Registries.Factory("F1"), Registries.Factory("F2")],
        Lines = [Line("L1", "W1"), Line("L2", "W1"), Line("L3", "W2"), Line("L4", "W1", "F2")],
    };

    [Fact]
    public void Sound_tables_have_no_findings()
    {
        var registry = s_registry with
        {
            Calendar = [.. new[] { "L1", "L2", "L3", "L4" }.Select(static line => Planned(line, "2024-03-01", "2024-03-02")), Planned("L1", "2024-03-02", "2024-03-03")],
            Shifts = [Shift("F1"), Shift("F2")],
            Projects =
            [
                Project("P1", "产线级", "L1"), Project("P2", "车间级", "L1", "L2"), Project("P3", "车间级", "W1"), Project("P4", "工厂级", "W1", "W2"),
                Project("P5", "工厂级"), Project("P6", "工厂级", "F1"),
            ],
            PriceIndex = [Price("energy", 1), Price("energy", 2), Price("人工", 12), Price(null, 5)],
        };
        Assert.Empty(RegistryFindings.Of(registry));
        Assert.Empty(RegistryFindings.Of(s_registry with { Shifts = [Shift(null), Shift("F1")] }));
    }

    [Fact]
    public void Scopes_are_held_against_their_class()
    {
        var registry = s_registry with
        {
            Projects =
            [
                Project("P1", "产线级", "L1", "L2"), Project("P2", "车间级", "W1", "L3"), Project("P3", "工厂级", "L1", "L2"), Project("P4", "产线级", "L9"),
                Project("P5", "车间级", "L4"), new ProjectRecord { Project = "P6", Class = "车间级", Scope = ["W1"] }, Project("P7", "工厂级", "F2"),
            ],
        };
        Assert.Equal(
            [
                "Contradiction P1 is 产线级 and covers 2 lines, not one.",
                "Contradiction P2 is 车间级 and covers lines of 2 workshops, not of one.",
                "Contradiction P3 is 工厂级 and covers a single workshop.",
                "UnknownReference P4 covers L9, which is no line, workshop or factory of the registry.",
                "UnknownReference P5 covers L4, which is no line, workshop or factory of the registry.",
                "Contradiction P6 is 车间级 and covers lines of 2 workshops, not of one.",
                "Contradiction P7 is 工厂级 and covers a single workshop.",
            ],
            RegistryFindings.Of(registry).Select(static finding => $"{finding.Kind} {finding.Problem}"));
    }

    [Fact]
    public void Calendars_shifts_and_prices_have_gaps_and_unknown_names()
    {
        var registry = s_registry with
        {
            Calendar = [Planned("L1", "2024-03-01", "2024-03-03"), Planned("L1", "2024-03-02", "2024-03-04"), Planned("L9", "2024-03-01", "2024-03-02"), Planned("L2", "2024-03-01", "2024-03-02"), Planned("L3", "2024-03-01", "2024-03-02")],
            Shifts = [Shift("F1"), Shift("F9")],
            PriceIndex = [Price("energie", 1), Price("energy", 1), Price("energy", 4)],
        };
        Assert.Equal(
            [
                "calendar  L4 Gap: Line L4 has no planned operation: all its time in service is required.",
                "calendar 1 L1 Duplicate: Two rows of L1 overlap from 2024-03-02 00:00: the time counts once.",
                "calendar 2 L9 UnknownReference: L9 names the line L9, which the registry does not have: nothing is required of it.",
                "shifts  F2 Gap: Factory F2 has no shifts: it has no rows by shift.",
                "shifts 1 F9 UnknownReference: F9 names the factory F9, which the registry does not have: its shifts are nobody's.",
                "price_index 0 energie UnknownReference: energie is none of the cost elements (material, energy, labour, depreciation, maintenance, network, other): it deflates cost rows that spell it so.",
                "price_index 2 energy Gap: The index of energy lacks 2024-02: its cost of that month has no real figure.",
            ],
            RegistryFindings.Of(registry).Select(static finding => $"{finding.Table} {finding.Row} {finding.Key} {finding.Kind}: {finding.Problem}"));
    }

    private static LineRecord Line(string line, string workshop, string factory = "F1") =>
        new() { Line = line, Workshop = workshop, Factory = factory, GoLiveDate = new DateOnly(2024, 1, 1), Evidence = "E" };

    private static CalendarRecord Planned(string line, string start, string end) =>
        new() { Line = line, Start = new CalendarBound(DateTime.Parse(start)), End = new CalendarBound(DateTime.Parse(end)) };

    private static ShiftRecord Shift(string? factory) => new() { Factory = factory, Name = "day", Start = TimeSpan.FromHours(8), End = TimeSpan.FromHours(20) };

    private static ProjectRecord Project(string project, string type, params string[] scope) =>
        new() { Project = project, Class = type, Factory = project == "P7" ? "F2" : "F1", Scope = scope };

    private static PriceIndexRecord Price(string? element, int month) => new() { Element = element, Month = new DateOnly(2024, month, 1), Index = 100 };
}
