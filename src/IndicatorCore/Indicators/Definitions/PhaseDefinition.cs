using System.Numerics;
using IndicatorCore.Aggregation;
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

        var plan = IsCalendar(report) ? report.Plan(Panes(report), report.Panes) : null;
        (LocalDayRange? Window, ReportWindow? Bounds)[] windows = [.. Windows(report, plan)];
        var prices = Prices(report);
        var hasColumns = HasColumns(report);
        var skipped = report.SkipFlag(Description);
        var slots = report.State.Production.Count + report.State.Cost.Count;
        var threads = slots < LeastSlotsOfThreads ? 1 : report.Query.Threads ?? Environment.ProcessorCount;
        foreach (var level in report.Levels)
        {
            var groups = PhaseGroups.Collect(report, level, reference, withCost: Table == "cost");
            var quarantined = Quarantined(report, level);
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
                        : NotAvailable(figures[i], hasColumns ? ResultReason.GroupNotApplicable : ResultReason.MissingColumn);
                    shown[i] = Row(worker, level.Group(group), figure, skipped | (bounds?.Flags ?? ResultFlags.None), quarantined.GetValueOrDefault(group));
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

        var plan = IsCalendar(report) ? report.Plan(Panes(report), report.Panes) : null;
        var prices = Prices(report);
        var worker = new PhaseWorker { Clock = report.Clock };
        foreach (var level in report.Levels.Where(static level => level.IsDisclosed))
        {
            var groups = PhaseGroups.Collect(report, level, reference, withCost: Table == "cost");
            foreach (var group in groups.Numbers.Where(group => groups.HasData(group, Table) || groups.IsRegistered(group)))
            {
                var request = Request(report, level, groups, group, reference, plan is not null, prices, worker) with { Profile = parts.Profile };
                foreach (var (window, _) in Windows(report, plan))
                {
                    var whole = Figures(request with { Window = window }).First(figure => figure.Indicator == Description.Id);
                    foreach (var share in whole.MatchedByLine)
                    {
                        var (enterprise, place) = PlaceOf(report.Engine, registry, share.Line, reference - 1);
                        yield return new DisclosureShare(
                            Description.Id, level.Group(group), Instant(worker, whole.Span?.Start), enterprise, place, (BigInteger)share.Input);
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

    private static (string? Enterprise, string Place) PlaceOf(EngineContext engine, RegistryIndex registry, string? line, int day)
    {
        var number = line is null ? -1 : engine.Keys.Lines.Find(line);
        var factory = number < 0 ? -1 : registry.PlaceOf(number, day).Factory;
        var enterprise = factory < 0 ? null
            : registry.FactoryAt(factory, day)?.Enterprise is { } known ? $"enterprise={known}" : $"factory={engine.Keys.Factories.Name(factory)}";
        return (enterprise, line ?? string.Empty);
    }

    private static bool IsCalendar(ReportContext report) => report.Query.Window is not (Window.Default or Window.All);

    // phases are of whole local days: an hour, or a shift that holds none, has no part of any
    private static IEnumerable<(LocalDayRange? Window, ReportWindow? Bounds)> Windows(ReportContext report, WindowPlan? plan)
    {
        if (plan is not null)
        {
            foreach (var window in plan.Windows)
            {
                yield return (new LocalDayRange(report.Clock.DayAtOrAfter(window.Start), report.Clock.DayOf(window.End)), window);
            }

            yield break;
        }

        if (!report.IsBounded)
        {
            yield return (null, null);
            yield break;
        }

        // state is kept by whole days: a day that --from or --to cuts is left out of the phases
        var start = report.From is { } from ? report.Clock.DayAtOrAfter(from) : int.MinValue;
        var end = report.To is { } to ? report.Clock.DayOf(to) : int.MaxValue;
        yield return (new LocalDayRange(start, end), null);
    }

    private PhaseRequest Request(
        ReportContext report, GroupLevel level, PhaseGroups groups, int group, int reference, bool isCalendar, PriceTable? prices, PhaseWorker worker) => new()
        {
            Production = groups.Production(group),
            Cost = groups.Cost(group),
            GoLives = groups.GoLives(group),
            ReferenceDay = reference,
            IsCalendarWindow = isCalendar,
            GivenBaseline = Days(report, report.Query.Baseline),
            GivenAfter = Days(report, report.Query.After),
            Profile = report.Profile,
            Prices = prices,
            NamesRealCost = report.Query.Select.Contains(CostReductionDefinition.Real),
            HasRegistry = report.Engine.Registry is not null,
            HasTable = report.HasTable(Table),
            DayStart = worker.StartOf,
            GroupText = string.Join(',', level.Group(group).Select(static pair => $"{pair.Key}={pair.Value}")),
        };

    private static LocalDayRange? Days(ReportContext report, (TimeBound From, TimeBound To)? phase) => phase is { } given
        ? new LocalDayRange(report.Clock.DayAtOrAfter(report.Instant(given.From)), report.Clock.DayAtOrAfter(report.Instant(given.To)))
        : null;

    // what it rests on stays, the figure does not (indicator-definitions 1.7)
    private static PhaseFigure NotAvailable(PhaseFigure figure, ResultReason reason) => figure with
    {
        Value = null,
        Numerator = null,
        Denominator = null,
        Low = null,
        High = null,
        Status = ResultStatus.NotAvailable,
        Reason = figure.Reason == ResultReason.NoRegistry ? figure.Reason : reason,
    };

    private IndicatorRow Row(
        PhaseWorker worker,
        IReadOnlyList<KeyValuePair<string, string?>> group,
        PhaseFigure figure,
        ResultFlags more,
        List<(int Day, QuarantineReason Reason, long Count)>? quarantined)
    {
        var flags = figure.Flags | more | (figure.Evidence.Conflicts > 0 ? ResultFlags.Conflict : ResultFlags.None);
        var status = figure.Status == ResultStatus.Published && flags != ResultFlags.None ? ResultStatus.PublishedWithWarning : figure.Status;
        return new IndicatorRow
        {
            Indicator = figure.Indicator,
            Definition = Description.Definition,
            Group = group,
            WindowStart = Instant(worker, figure.Span?.Start),
            WindowEnd = Instant(worker, figure.Span?.End),
            Value = figure.Value,
            Unit = figure.Unit,
            Numerator = figure.Numerator,
            Denominator = figure.Denominator,
            Low = figure.Low,
            High = figure.High,
            Status = status,
            Reason = figure.Reason,
            Flags = flags,
            Evidence = quarantined is null ? figure.Evidence : WithQuarantine(worker, figure.Evidence, figure.Span, quarantined),
        };
    }

    private static long? Instant(PhaseWorker worker, int? day) =>
        day is null or int.MinValue or int.MaxValue ? null : worker.StartOf(day.Value);

    // the rows set aside between the start of the baseline and the end of the after span
    private static Evidence WithQuarantine(
        PhaseWorker worker, Evidence evidence, LocalDayRange? span, List<(int Day, QuarantineReason Reason, long Count)> quarantined)
    {
        var start = evidence.Additional.FirstOrDefault(static pair => pair.Key == "baseline_start").Value.Instant is { } instant
            ? worker.Clock.DayOf(instant)
            : span?.Start;
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (day, reason, count) in quarantined)
        {
            if (span is null || (day >= start && day < span.Value.End))
            {
                var name = QuarantineNames.Of(reason);
                counts[name] = counts.GetValueOrDefault(name) + count;
            }
        }

        return counts.Count == 0
            ? evidence
            : evidence with { Quarantined = [.. counts], Received = evidence.Received + counts.Values.Sum() };
    }

    private Dictionary<int, List<(int Day, QuarantineReason Reason, long Count)>> Quarantined(ReportContext report, GroupLevel level)
    {
        var rows = new Dictionary<int, List<(int Day, QuarantineReason Reason, long Count)>>();
        foreach (var (place, reason, count) in report.QuarantinedOf(Table))
        {
            var day = report.Panes.DayOf(place.Pane);
            foreach (var group in level.GroupsOf(place.Leaf, day))
            {
                if (!rows.TryGetValue(group, out var list))
                {
                    rows.Add(group, list = []);
                }

                list.Add((day, reason, count));
            }
        }

        return rows;
    }
}
