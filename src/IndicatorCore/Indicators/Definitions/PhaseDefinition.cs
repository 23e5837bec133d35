using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Phases;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>What efficiency gain and cost reduction share: a group's cells, its lines' go-lives, and where time is cut.</summary>
internal abstract class PhaseDefinition : IndicatorDefinition
{
    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        var rows = new List<IndicatorRow>();
        if (report.ReferenceDay is not { } reference)
        {
            return rows;
        }

        var plan = IsCalendar(report) ? report.Plan(Panes(report), report.Panes) : null;
        foreach (var level in report.Levels)
        {
            var groups = PhaseGroups.Collect(report, level, reference);
            var quarantined = Quarantined(report, level);
            foreach (var group in groups.Numbers)
            {
                if (!groups.HasData(group, Table) && !groups.IsRegistered(group))
                {
                    continue;
                }

                foreach (var (window, isPartial) in Windows(report, plan))
                {
                    var request = Request(report, level, groups, group, reference, window, plan is not null);
                    IEnumerable<PhaseFigure> figures = Figures(request);
                    if (!HasColumns(report) || level.Has("device"))
                    {
                        figures = figures.Select(figure => NotAvailable(figure, HasColumns(report) ? ResultReason.GroupNotApplicable : ResultReason.MissingColumn));
                    }

                    rows.AddRange(figures.Select(figure => Row(report, level, group, figure, isPartial, quarantined.GetValueOrDefault(group) ?? [])));
                }
            }
        }

        return rows;
    }

    /// <summary>Computes one result row's worth of figures.</summary>
    protected abstract IReadOnlyList<PhaseFigure> Figures(PhaseRequest request);

    /// <summary>Whether any input had the table and the columns that the figure cannot do without.</summary>
    protected virtual bool HasColumns(ReportContext report) => report.HasTable(Table);

    /// <summary>Panes with data of the table.</summary>
    protected abstract IEnumerable<int> Panes(ReportContext report);

    private static bool IsCalendar(ReportContext report) => report.Query.Window is not (Window.Default or Window.All);

    private static IEnumerable<(LocalDayRange? Window, bool IsPartial)> Windows(ReportContext report, WindowPlan? plan)
    {
        if (plan is not null)
        {
            foreach (var window in plan.Windows)
            {
                yield return (new LocalDayRange(report.Clock.DayAtOrAfter(window.Start), report.Clock.DayOf(window.End)), window.IsPartial);
            }

            yield break;
        }

        if (report.Query.From is null && report.Query.To is null)
        {
            yield return (null, false);
            yield break;
        }

        // state is kept by whole days: a day that --from or --to cuts is left out of the phases
        var start = report.Query.From is { } from ? report.Clock.DayAtOrAfter(report.Instant(from)) : int.MinValue;
        var end = report.Query.To is { } to ? report.Clock.DayOf(report.Instant(to)) : int.MaxValue;
        yield return (new LocalDayRange(start, end), false);
    }

    private PhaseRequest Request(
        ReportContext report, GroupLevel level, PhaseGroups groups, int group, int reference, LocalDayRange? window, bool isCalendar) => new()
        {
            Production = groups.Production(group),
            Cost = groups.Cost(group),
            GoLives = groups.GoLives(group),
            ReferenceDay = reference,
            Window = window,
            IsCalendarWindow = isCalendar,
            GivenBaseline = Days(report, report.Query.Baseline),
            GivenAfter = Days(report, report.Query.After),
            Profile = report.Profile,
            HasRegistry = report.Engine.Registry is not null,
            HasTable = report.HasTable(Table),
            DayStart = report.Clock.StartOf,
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
        ReportContext report, GroupLevel level, int group, PhaseFigure figure, bool isPartial, IReadOnlyList<(int Day, QuarantineReason Reason, long Count)> quarantined)
    {
        var flags = figure.Flags | report.SkipFlag(Description) | (isPartial ? ResultFlags.Partial : ResultFlags.None)
            | (figure.Evidence.Conflicts > 0 ? ResultFlags.Conflict : ResultFlags.None);
        var status = figure.Status == ResultStatus.Published && flags != ResultFlags.None ? ResultStatus.PublishedWithWarning : figure.Status;
        return new IndicatorRow
        {
            Indicator = figure.Indicator,
            Definition = Description.Definition,
            Group = level.Group(group),
            WindowStart = Instant(report, figure.Span?.Start),
            WindowEnd = Instant(report, figure.Span?.End),
            Value = figure.Value,
            Unit = figure.Unit,
            Numerator = figure.Numerator,
            Denominator = figure.Denominator,
            Low = figure.Low,
            High = figure.High,
            Status = status,
            Reason = figure.Reason,
            Flags = flags,
            Evidence = WithQuarantine(report, figure.Evidence, figure.Span, quarantined),
        };
    }

    private static long? Instant(ReportContext report, int? day) =>
        day is null or int.MinValue or int.MaxValue ? null : report.Clock.StartOf(day.Value);

    // the rows set aside between the start of the baseline and the end of the after span
    private static Evidence WithQuarantine(
        ReportContext report, Evidence evidence, LocalDayRange? span, IReadOnlyList<(int Day, QuarantineReason Reason, long Count)> quarantined)
    {
        var start = evidence.Additional.FirstOrDefault(static pair => pair.Key == "baseline_start").Value.Instant is { } instant
            ? report.Clock.DayOf(instant)
            : span?.Start;
        var inside = quarantined
            .Where(row => span is null || (row.Day >= start && row.Day < span.Value.End))
            .GroupBy(static row => QuarantineNames.Of(row.Reason))
            .Select(static rows => KeyValuePair.Create(rows.Key, rows.Sum(static row => row.Count)))
            .OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .ToList();
        return inside.Count == 0
            ? evidence
            : evidence with { Quarantined = inside, Received = evidence.Received + inside.Sum(static pair => pair.Value) };
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
