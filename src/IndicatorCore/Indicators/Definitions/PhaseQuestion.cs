using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Phases;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>A figure of phases that is made of cells of one kind: what is computed of which.</summary>
internal sealed record PhaseQuestion<TCell>
    where TCell : PhaseCell
{
    private const int LeastCellsOfThreads = 4_096;   // below, threads cost more than they bring

    /// <summary>The definition, <c>id@version</c>.</summary>
    public required string Definition { get; init; }

    /// <summary>The table.</summary>
    public required string Table { get; init; }

    /// <summary>The cells with their places.</summary>
    public required IReadOnlyList<(Leaf Leaf, TCell Cell)> Cells { get; init; }

    /// <summary>The panes with data, in any order.</summary>
    public required Func<ReportContext, IEnumerable<int>> Panes { get; init; }

    /// <summary>Whether a group with the cell has rows; a group without any such cell has none.</summary>
    public Predicate<TCell> Answers { get; init; } = static _ => true;

    /// <summary>Computes one result row's worth of figures, the whole first.</summary>
    public required Func<PhaseRequest, LineCells<TCell>, IReadOnlyList<PhaseFigure>> Figures { get; init; }

    /// <summary>Why no figure can be computed at a level, or null.</summary>
    public required Func<GroupLevel, ResultReason?> Unavailable { get; init; }

    /// <summary>The baseline and the time after of the definition, which the query's replace; null = by go-live.</summary>
    public ((TimeBound From, TimeBound To) Baseline, (TimeBound From, TimeBound To) After)? Spans { get; init; }

    /// <summary>The rows of all levels, groups and windows.</summary>
    /// <param name="report">The report.</param>
    /// <param name="skipped">The flag of what was skipped.</param>
    public IEnumerable<IndicatorRow> Rows(ReportContext report, ResultFlags skipped)
    {
        if (report.ReferenceDay is not { } reference)
        {
            yield break;
        }

        var plan = Plan(report);
        (LocalDayRange? Window, ReportWindow? Bounds)[] windows = [.. PhaseRows.Windows(report, plan)];
        var threads = Cells.Count < LeastCellsOfThreads ? 1 : report.Threads;
        foreach (var level in report.Levels)
        {
            var groups = Groups(report, level);
            int[] answered = [.. groups.Keys.Order()];
            Array.ForEach(answered, group => level.Group(group));   // shown groups are made here, on one thread
            var quarantined = PhaseRows.Quarantined(report, level, Table);
            var unavailable = Unavailable(level);
            var made = new IndicatorRow[answered.Length * windows.Length][];
            ReportCrew.Run(threads, made.Length, () => new PhaseWorker { Clock = report.Clock }, (piece, worker) =>
            {
                var group = answered[piece / windows.Length];
                var (window, bounds) = windows[piece % windows.Length];
                var request = Request(report, level, group, groups[group].Lines, reference, plan is not null, worker) with { Window = window };
                var more = skipped | (bounds?.Flags ?? ResultFlags.None);
                made[piece] = [.. Figures(request, groups[group].Cells.Value).Select(figure => PhaseRows.Row(
                    worker, Definition, level.Group(group), unavailable is { } reason ? PhaseRows.NotAvailable(figure, reason) : figure, more, quarantined.GetValueOrDefault(group)))];
            });
            foreach (var row in made.SelectMany(static rows => rows))
            {
                yield return row;
            }
        }
    }

    /// <summary>What lines contribute to the groups that disclosure applies to: the matched input of the after phase (indicator-definitions 10.2).</summary>
    /// <param name="report">The report.</param>
    /// <param name="profile">Thresholds without floors.</param>
    /// <param name="indicators">The ids of the rows that are judged by it.</param>
    public IEnumerable<DisclosureShare> Shares(ReportContext report, DefinitionProfile profile, IReadOnlyList<string> indicators)
    {
        if (report.ReferenceDay is not { } reference || report.Engine.Registry is not { } registry)
        {
            yield break;
        }

        var plan = Plan(report);
        var worker = new PhaseWorker { Clock = report.Clock };
        foreach (var level in report.Levels.Where(static level => level.IsDisclosed))
        {
            var groups = Groups(report, level);
            foreach (var (group, (cells, lines)) in groups.OrderBy(static pair => pair.Key))
            {
                var request = Request(report, level, group, lines, reference, plan is not null, worker) with { Profile = profile };
                foreach (var (window, _) in PhaseRows.Windows(report, plan))
                {
                    var whole = Figures(request with { Window = window }, cells.Value)[0];
                    foreach (var share in whole.MatchedByLine)
                    {
                        var (enterprise, place) = PhaseRows.PlaceOf(report.Engine, registry, share.Line, reference - 1);
                        foreach (var indicator in indicators)
                        {
                            yield return new DisclosureShare(indicator, level.Group(group), PhaseRows.Instant(worker, whole.Span?.Start), enterprise, place, share.Input);
                        }
                    }
                }
            }
        }
    }

    private WindowPlan? Plan(ReportContext report) => PhaseRows.IsCalendar(report)
        ? report.Plan(Panes(report), report.Panes)
        : null;

    private Dictionary<int, (Lazy<LineCells<TCell>> Cells, HashSet<int> Lines)> Groups(ReportContext report, GroupLevel level)
    {
        var lists = new Dictionary<int, (List<TCell> Cells, HashSet<int> Lines)>();
        foreach (var (leaf, cell) in Cells)
        {
            foreach (var group in level.GroupsOf(leaf, cell.Day))
            {
                if (!lists.TryGetValue(group, out var known))
                {
                    lists.Add(group, known = ([], []));
                }

                known.Cells.Add(cell);
                if (leaf.Line >= 0)
                {
                    known.Lines.Add(leaf.Line);
                }
            }
        }

        return lists.Where(pair => pair.Value.Cells.Exists(Answers)).ToDictionary(
            static pair => pair.Key, static pair => (new Lazy<LineCells<TCell>>(() => new LineCells<TCell>(pair.Value.Cells, static cell => cell.Line)), pair.Value.Lines));
    }

    private PhaseRequest Request(ReportContext report, GroupLevel level, int group, HashSet<int> lines, int reference, bool isCalendar, PhaseWorker worker)
    {
        var registry = report.Engine.Registry;
        var given = report.Query is { Baseline: { } baseline, After: { } after } ? (baseline, after) : Spans;
        return new PhaseRequest
        {
            Production = [],
            Cost = [],
            GoLives = registry is null ? [] : [.. lines.SelectMany(line => registry.GoLivesOf(line)
                .Select(goLive => new GoLive(report.Engine.Keys.Lines.Name(line), goLive.Day, goLive.Evidence)))],
            ReferenceDay = reference,
            IsCalendarWindow = isCalendar,
            GivenBaseline = PhaseRows.Days(report, given?.Baseline),
            GivenAfter = PhaseRows.Days(report, given?.After),
            Profile = report.Profile,
            HasRegistry = registry is not null,
            HasTable = report.HasTable(Table),
            DayStart = worker.StartOf,
            GroupText = string.Join(',', level.Group(group).Select(static pair => $"{pair.Key}={pair.Value}")),
        };
    }
}
