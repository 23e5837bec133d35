using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Registry;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>
/// The registry's calendar: when lines and devices are planned to operate (indicator-definitions 2.1). What is planned for a device holds before
/// what is planned for its line; where nothing is planned for either, all of its time in service is required.
/// </summary>
internal sealed class PlannedOperation
{
    private readonly Dictionary<int, TimeSpans> _lines;
    private readonly Dictionary<int, TimeSpans> _devices;

    private PlannedOperation(IReadOnlyList<CalendarRecord> calendar, KeySpaces keys, ReportingClock clock)
    {
        _lines = Spans(calendar.Where(static row => row.Line is not null).Select(row => (keys.Lines.Find(row.Line!), Span(row, clock))));
        _devices = Spans(calendar.Where(static row => row.Device is not null).Select(row => (keys.Devices.Find(row.Device!), Span(row, clock))));
    }

    /// <summary>The calendar of a report; it plans nothing where the profile says so.</summary>
    public static PlannedOperation Of(ReportContext report) => report.Once(
        typeof(PlannedOperation),
        () => new PlannedOperation(
            report.Profile.UsesCalendar && report.Engine.Registry is { } registry ? registry.Registry.Calendar : [], report.Engine.Keys, report.Clock));

    /// <summary>What is planned for a line, or null where nothing is.</summary>
    public TimeSpans? OfLine(int line) => _lines.GetValueOrDefault(line);

    /// <summary>What is planned for a device that stands on a line, or null where nothing is for either.</summary>
    public TimeSpans? OfDevice(int device, int line) => _devices.GetValueOrDefault(device) ?? OfLine(line);

    // what is in no table of keys, the data and the registry do not have either
    private static Dictionary<int, TimeSpans> Spans(IEnumerable<(int Key, (long Start, long End) Span)> rows) => rows.Where(static row => row.Key >= 0)
        .GroupBy(static row => row.Key)
        .ToDictionary(static group => group.Key, static group => TimeSpans.Of(group.Select(static row => row.Span)));

    private static (long Start, long End) Span(CalendarRecord row, ReportingClock clock) => (Instant(row.Start, clock), Instant(row.End, clock));

    private static long Instant(CalendarBound bound, ReportingClock clock) =>
        bound.Instant is { } instant ? ReportingClock.Nanoseconds(instant) : clock.InstantOf(bound.Local ?? default);
}
