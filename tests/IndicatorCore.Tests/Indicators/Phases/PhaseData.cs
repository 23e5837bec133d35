using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Phases;

namespace IndicatorCore.Tests.Indicators.Phases;

/// <summary>Cells and requests as a person would write them: pieces, hours, CNY, dates.</summary>
internal static class PhaseData
{
    public const long NanosecondsPerDay = 86_400_000_000_000;

    public static int Day(string date) => DateOnly.Parse(date).DayNumber - new DateOnly(1970, 1, 1).DayNumber;

    public static LocalDayRange Span(string start, string end) => new(Day(start), Day(end));

    /// <summary>One row; null quantities are missing.</summary>
    public static ProductionCell Made(
        int day, string? line, string? product, decimal? pieces, decimal? labourHours, decimal? machineHours = null, string? unit = null) => new()
        {
            Day = day,
            Line = line,
            Product = product,
            Unit = unit,
            Rows = 1,
            ValidOutputRows = pieces is null ? 0 : 1,
            MissingOutputRows = pieces is null ? 1 : 0,
            ProducingRows = pieces > 0 ? 1 : 0,
            Output = Micro(pieces ?? 0),
            LabourOutput = labourHours is null ? 0 : Micro(pieces ?? 0),
            LabourInput = pieces is null ? 0 : Micro((labourHours ?? 0) * 3600),
            LabourInputWithoutOutput = pieces is null ? Micro((labourHours ?? 0) * 3600) : 0,
            LabourRows = pieces is null || labourHours is null ? 0 : 1,
            MachineOutput = machineHours is null ? 0 : Micro(pieces ?? 0),
            MachineInput = pieces is null ? 0 : Micro((machineHours ?? 0) * 3600),
            MachineInputWithoutOutput = pieces is null ? Micro((machineHours ?? 0) * 3600) : 0,
            MachineRows = pieces is null || machineHours is null ? 0 : 1,
            FirstTimestamp = day * NanosecondsPerDay,
            LastTimestamp = day * NanosecondsPerDay,
        };

    public static CostCell Cost(
        int day, string? line, string? product, decimal? pieces, decimal? amount, string? element = null, bool project = false, int? end = null) => new()
        {
            StartDay = day,
            EndDay = end,
            Line = line,
            Product = product,
            Element = element,
            IsProjectCost = project,
            Rows = 1,
            ValidRows = amount is null ? 0 : 1,
            MissingRows = amount is null ? 1 : 0,
            Amount = (Int128)((amount ?? 0) * 10_000),
            OutputRows = pieces is null ? 0 : 1,
            Output = Micro(pieces ?? 0),
            FirstTimestamp = day * NanosecondsPerDay,
            LastTimestamp = day * NanosecondsPerDay,
        };

    /// <summary>January is the baseline and February the after phase, both given.</summary>
    public static PhaseRequest Given(IEnumerable<ProductionCell>? production = null, IEnumerable<CostCell>? cost = null) => Request(production, cost) with
    {
        GivenBaseline = Span("2024-01-01", "2024-02-01"),
        GivenAfter = Span("2024-02-01", "2024-03-01"),
        HasRegistry = false,
    };

    /// <summary>A registry with line L live on 2024-03-01, all known until 2025-01-01.</summary>
    public static PhaseRequest Request(IEnumerable<ProductionCell>? production = null, IEnumerable<CostCell>? cost = null) => new()
    {
        Production = [.. production ?? []],
        Cost = [.. cost ?? []],
        GoLives = [new GoLive("L", Day("2024-03-01"), "E-1")],
        ReferenceDay = Day("2025-01-01"),
        Profile = DefinitionProfile.TestNoFloor,
        HasRegistry = true,
        DayStart = static day => (day * NanosecondsPerDay) - (8 * 3_600_000_000_000),
        GroupText = "factory=F1",
    };

    /// <summary>Output and hours on every day of a span.</summary>
    public static IEnumerable<ProductionCell> Daily(
        LocalDayRange span, decimal pieces, decimal hours, string line = "L", string product = "X") =>
        Enumerable.Range(span.Start, span.Days).Select(day => Made(day, line, product, pieces, hours));

    public static PhaseFigure Part(this IReadOnlyList<PhaseFigure> figures, string id) => figures.Single(figure => figure.Indicator == id);

    public static EvidenceValue Addition(this PhaseFigure figure, string name) =>
        figure.Evidence.Additional.Single(pair => pair.Key == name).Value;

    private static Int128 Micro(decimal value) => (Int128)Math.Round(value * 1_000_000, MidpointRounding.ToEven);
}
