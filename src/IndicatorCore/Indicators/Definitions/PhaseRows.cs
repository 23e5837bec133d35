using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Phases;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Figures of phases as rows of a report: windows, spans and evidence.</summary>
internal static class PhaseRows
{
    /// <summary>The enterprise of a line on a day, or what stands for it, and the line.</summary>
    public static (string? Enterprise, string Place) PlaceOf(EngineContext engine, RegistryIndex registry, string? line, int day)
    {
        var number = line is null ? -1 : engine.Keys.Lines.Find(line);
        var factory = number < 0 ? -1 : registry.PlaceOf(number, day).Factory;
        var enterprise = factory < 0 ? null
            : registry.FactoryAt(factory, day)?.Enterprise is { } known ? $"enterprise={known}" : $"factory={engine.Keys.Factories.Name(factory)}";
        return (enterprise, line ?? string.Empty);
    }

    /// <summary>Whether rows are by calendar windows.</summary>
    public static bool IsCalendar(ReportContext report) => report.Query.Window is not (Window.Default or Window.All);

    /// <summary>The windows as whole local days and as they are; null = the phases' own spans.</summary>
    public static IEnumerable<(LocalDayRange? Window, ReportWindow? Bounds)> Windows(ReportContext report, WindowPlan? plan)
    {
        if (plan is not null)
        {
            // phases are of whole local days: an hour, or a shift that holds none, has no part of any
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

    /// <summary>A given phase as local days.</summary>
    public static LocalDayRange? Days(ReportContext report, (TimeBound From, TimeBound To)? phase) => phase is { } given
        ? new LocalDayRange(report.Clock.DayAtOrAfter(report.Instant(given.From)), report.Clock.DayAtOrAfter(report.Instant(given.To)))
        : null;

    /// <summary>The figure that cannot be computed: what it rests on stays (indicator-definitions 1.7).</summary>
    public static PhaseFigure NotAvailable(PhaseFigure figure, ResultReason reason) => figure with
    {
        Value = null,
        Numerator = null,
        Denominator = null,
        Low = null,
        High = null,
        Status = ResultStatus.NotAvailable,
        Reason = figure.Reason == ResultReason.NoRegistry ? figure.Reason : reason,
    };

    /// <summary>A figure as a row.</summary>
    public static IndicatorRow Row(
        PhaseWorker worker,
        string definition,
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
            Definition = definition,
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

    /// <summary>When a day begins; null where there is none.</summary>
    public static long? Instant(PhaseWorker worker, int? day) =>
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

    /// <summary>A table's quarantined rows by group.</summary>
    public static Dictionary<int, List<(int Day, QuarantineReason Reason, long Count)>> Quarantined(ReportContext report, GroupLevel level, string table)
    {
        var rows = new Dictionary<int, List<(int Day, QuarantineReason Reason, long Count)>>();
        foreach (var (place, reason, count) in report.QuarantinedOf(table))
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
