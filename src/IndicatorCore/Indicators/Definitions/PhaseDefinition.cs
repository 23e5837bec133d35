using IndicatorCore.Indicators.Phases;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>What efficiency gain and cost reduction share: a group's cells, its lines' go-lives, and where time is cut.</summary>
internal abstract class PhaseDefinition : IndicatorDefinition
{
    private const int LeastSlotsOfThreads = 4_096;   // below, threads cost more than they bring

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        var rows = new List<IndicatorRow>();
        if (report.ReferenceDay is not { } reference)
        {
            return rows;
        }

        var plan = PhaseRows.IsCalendar(report) ? report.Plan(Panes(report), report.Panes) : null;
        (LocalDayRange? Window, ReportWindow? Bounds)[] windows = [.. PhaseRows.Windows(report, plan)];
        var prices = Prices(report);
        var hasColumns = HasColumns(report);
        var skipped = report.SkipFlag(Description);
        var slots = report.State.Production.Count + report.State.Cost.Count;
        var threads = slots < LeastSlotsOfThreads ? 1 : report.Query.Threads ?? Environment.ProcessorCount;
        foreach (var level in report.Levels)
        {
            var groups = PhaseGroups.Collect(report, level, reference, withCost: Table == "cost");
            var quarantined = PhaseRows.Quarantined(report, level, Table);
            int[] answered = [.. groups.Numbers.Where(group => groups.HasData(group, Table) || groups.IsRegistered(group))];
            Array.ForEach(answered, group => level.Group(group));   // shown groups are made here, on one thread
            var made = new IndicatorRow[answered.Length * windows.Length][];
            ReportCrew.Run(threads, made.Length, () => new PhaseWorker { Clock = report.Clock }, (piece, worker) =>
            {
                var group = answered[piece / windows.Length];
                var (window, bounds) = windows[piece % windows.Length];
                if (worker.Request is not { } known || worker.Group != group)
                {
                    known = Request(report, level, groups, group, reference, plan is not null, prices, worker);
                    (worker.Request, worker.Group) = (known, group);
                }

                var figures = Figures(known with { Window = window });
                var shown = new IndicatorRow[figures.Count];
                for (var i = 0; i < shown.Length; i++)
                {
                    var figure = hasColumns && !level.Has("device") ? figures[i]
                        : PhaseRows.NotAvailable(figures[i], hasColumns ? ResultReason.GroupNotApplicable : ResultReason.MissingColumn);
                    shown[i] = PhaseRows.Row(worker, Description.Definition, level.Group(group), figure, skipped | (bounds?.Flags ?? ResultFlags.None), quarantined.GetValueOrDefault(group));
                    if (bounds is { } calendar && window is { Days: 0 })
                    {
                        shown[i] = shown[i] with { WindowStart = calendar.Start, WindowEnd = calendar.End };
                    }
                }

                made[piece] = shown;
            });
            foreach (var shown in made)
            {
                rows.AddRange(shown);
            }
        }

        return rows;
    }

    /// <inheritdoc/>
    /// <remarks>The matched input or cost of the after phase (10.2), by line: which kind of input counts is judged on the group as a whole.</remarks>
    public override IEnumerable<DisclosureShare> Shares(ReportContext report, ReportContext parts)
    {
        if (report.ReferenceDay is not { } reference || report.Engine.Registry is not { } registry)
        {
            yield break;
        }

        var plan = PhaseRows.IsCalendar(report) ? report.Plan(Panes(report), report.Panes) : null;
        var prices = Prices(report);
        var worker = new PhaseWorker { Clock = report.Clock };
        foreach (var level in report.Levels.Where(static level => level.IsDisclosed))
        {
            var groups = PhaseGroups.Collect(report, level, reference, withCost: Table == "cost");
            foreach (var group in groups.Numbers.Where(group => groups.HasData(group, Table) || groups.IsRegistered(group)))
            {
                var request = Request(report, level, groups, group, reference, plan is not null, prices, worker) with { Profile = parts.Profile };
                foreach (var (window, _) in PhaseRows.Windows(report, plan))
                {
                    var whole = Figures(request with { Window = window }).First(figure => figure.Indicator == Description.Id);
                    foreach (var share in whole.MatchedByLine)
                    {
                        var (enterprise, place) = PhaseRows.PlaceOf(report.Engine, registry, share.Line, reference - 1);
                        yield return new DisclosureShare(
                            Description.Id, level.Group(group), PhaseRows.Instant(worker, whole.Span?.Start), enterprise, place, share.Input);
                    }
                }
            }
        }
    }

    /// <summary>Computes one result row's worth of figures.</summary>
    protected abstract IReadOnlyList<PhaseFigure> Figures(PhaseRequest request);

    /// <summary>Whether any input had the table and the columns that the figure cannot do without.</summary>
    protected virtual bool HasColumns(ReportContext report) => report.HasTable(Table);

    /// <summary>Panes with data of the table.</summary>
    protected abstract IEnumerable<int> Panes(ReportContext report);

    /// <summary>Registered prices, or null where the indicator has none.</summary>
    protected virtual PriceTable? Prices(ReportContext report) => null;

    private PhaseRequest Request(
        ReportContext report, GroupLevel level, PhaseGroups groups, int group, int reference, bool isCalendar, PriceTable? prices, PhaseWorker worker) => new()
        {
            Production = groups.Production(group),
            Cost = groups.Cost(group),
            GoLives = groups.GoLives(group),
            ReferenceDay = reference,
            IsCalendarWindow = isCalendar,
            GivenBaseline = PhaseRows.Days(report, report.Query.Baseline),
            GivenAfter = PhaseRows.Days(report, report.Query.After),
            Profile = report.Profile,
            Prices = prices,
            NamesRealCost = report.Query.Select.Contains(CostReductionDefinition.Real),
            HasRegistry = report.Engine.Registry is not null,
            HasTable = report.HasTable(Table),
            DayStart = worker.StartOf,
            GroupText = string.Join(',', level.Group(group).Select(static pair => $"{pair.Key}={pair.Value}")),
        };
}
