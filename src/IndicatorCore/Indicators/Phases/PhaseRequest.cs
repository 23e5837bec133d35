namespace IndicatorCore.Indicators.Phases;

/// <summary>One result row's worth of a phase indicator: a group's cells, its go-lives, and where time is cut.</summary>
internal sealed record PhaseRequest
{
    // shared by the windows of a group, which differ in nothing of this
    private readonly Lazy<LineCells<ProductionCell>> _productionByLine = null!;
    private readonly Lazy<LineCells<CostCell>> _costByLine = null!;
    private readonly Lazy<ILookup<string?, GoLive>> _goLives = null!;

    /// <summary>The group's production cells over all days, in no particular order; several with one key are added.</summary>
    public required IReadOnlyList<ProductionCell> Production
    {
        get;
        init
        {
            field = value;
            _productionByLine = new(() => new LineCells<ProductionCell>(value, static cell => cell.Line));
        }
    }

    /// <summary>The group's cost cells over all days, in no particular order; several with one key are added.</summary>
    public required IReadOnlyList<CostCell> Cost
    {
        get;
        init
        {
            field = value;
            _costByLine = new(() => new LineCells<CostCell>(value, static cell => cell.Line));
        }
    }

    /// <summary>The go-lives of the group's lines; a line may have none, one or several.</summary>
    public required IReadOnlyList<GoLive> GoLives
    {
        get;
        init
        {
            field = value;
            _goLives = new(() => value.ToLookup(static goLive => (string?)goLive.Line));
        }
    }

    /// <summary>The reference date R as a local day.</summary>
    public required int ReferenceDay { get; init; }

    /// <summary>The calendar window, or the span of --from and --to, as whole local days; null = the phases' own spans.</summary>
    public LocalDayRange? Window { get; init; }

    /// <summary>Whether <see cref="Window"/> is a calendar window (no fallback of the after span, rows have its bounds).</summary>
    public bool IsCalendarWindow { get; init; }

    /// <summary>--baseline, replacing the phases of every line together with <see cref="GivenAfter"/>.</summary>
    public LocalDayRange? GivenBaseline { get; init; }

    /// <summary>--after.</summary>
    public LocalDayRange? GivenAfter { get; init; }

    /// <summary>Thresholds and floors.</summary>
    public required DefinitionProfile Profile { get; init; }

    /// <summary>Whether a registry was given.</summary>
    public bool HasRegistry { get; init; }

    /// <summary>Whether any input had the table that the indicator needs; false gives NOT_AVAILABLE(MISSING_COLUMN) or NO_DATA by the caller.</summary>
    public bool HasTable { get; init; } = true;

    /// <summary>Registered price indices, or null where there are none.</summary>
    public PriceTable? Prices { get; init; }

    /// <summary>Whether cost at base prices is asked for by name, so that its absence is told.</summary>
    public bool NamesRealCost { get; init; }

    /// <summary>Turns a local day into the UTC instant (ns) of its midnight.</summary>
    public required Func<int, long> DayStart { get; init; }

    /// <summary>The canonical text of the group, part of the bootstrap's seed: <c>key=value</c> joined by commas, empty without grouping.</summary>
    public required string GroupText { get; init; }

    /// <summary><see cref="Production"/> by line.</summary>
    public LineCells<ProductionCell> ProductionByLine => _productionByLine.Value;

    /// <summary>The production cells of a line, looked for when they are enumerated.</summary>
    public IEnumerable<ProductionCell> ProductionOf(string? line)
    {
        foreach (var cell in ProductionByLine[line])
        {
            yield return cell;
        }
    }

    /// <summary><see cref="Cost"/> by line.</summary>
    public LineCells<CostCell> CostByLine => _costByLine.Value;

    /// <summary>The go-lives of a line.</summary>
    public IEnumerable<GoLive> GoLivesOf(string? line) => _goLives.Value[line];

    /// <summary>Why no figure can be computed at all, or null: the first that applies in the order of section 1.7.</summary>
    public ResultReason? Unavailable(PhaseSample sample) =>
        !HasRegistry && GivenAfter is null ? ResultReason.NoRegistry
        : sample.After is null || !sample.HasBaseline ? ResultReason.NoBaseline
        : !sample.HasAfterRows ? ResultReason.NoData
        : null;

    /// <summary>Given phases come in pairs.</summary>
    /// <exception cref="ArgumentException">Only one is set.</exception>
    public void ThrowIfPhasesAreHalfGiven()
    {
        if (GivenBaseline.HasValue != GivenAfter.HasValue)
        {
            throw new ArgumentException("A given baseline and a given after phase come together.");
        }
    }
}
