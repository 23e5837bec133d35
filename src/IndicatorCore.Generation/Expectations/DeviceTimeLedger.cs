using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Expectations;

/// <summary>
/// Time in which devices were up, or covered, by line; rows are made again device by device, so that none is kept. Each row of a device says
/// until when it holds; what counts is the union of the spans within the time in service.
/// </summary>
/// <param name="province">The province.</param>
/// <param name="spans">The spans of a device in the order of their starts, UTC milliseconds.</param>
/// <param name="countsSilent">Whether key devices without a span count, too.</param>
internal sealed class DeviceTimeLedger(ProvinceModel province, Func<DeviceModel, IEnumerable<(long Start, long End)>> spans, bool countsSilent)
{
    private DeviceTimeCount[]? _lines;

    /// <summary>
    /// The time of a scope in [first day, end day). Devices that were last heard while on no line stand in the scope without lines, and in that of
    /// everything.
    /// </summary>
    public DeviceTimeCount Of(Scope scope, int firstDay, int endDay)
    {
        _lines ??= Count(firstDay, endDay);
        var sum = new DeviceTimeCount();
        if (scope.Key is null || scope.Lines.Count == 0)
        {
            sum.Add(_lines[^1]);
        }

        foreach (var line in scope.Lines)
        {
            sum.Add(_lines[line.Index]);
        }

        return sum;
    }

    private DeviceTimeCount[] Count(int firstDay, int endDay)
    {
        // the last one is of no line
        var counts = Enumerable.Range(0, province.Lines.Count + 1).Select(static _ => new DeviceTimeCount()).ToArray();
        var (from, to) = (LocalCalendar.Midnight(firstDay), LocalCalendar.Midnight(endDay));
        foreach (var device in province.Devices)
        {
            var required = device.Assignments.Select(assignment => (
                Start: assignment.From == Assignment.Always ? from : Math.Max(from, LocalCalendar.Midnight(assignment.From)),
                End: assignment.To == Assignment.Forever ? to : Math.Min(to, LocalCalendar.Midnight(assignment.To)))).Where(static span => span.End > span.Start).ToList();
            Int128 up = 0;
            var reached = long.MinValue;
            long? last = null;
            foreach (var (start, end) in spans(device))
            {
                last = start;
                var begin = Math.Max(start, reached);
                reached = Math.Max(reached, end);
                foreach (var (since, until) in required)
                {
                    up += Math.Max(0, Math.Min(end, until) - Math.Max(begin, since));
                }
            }

            if (last is null && !(countsSilent && device.IsKey && device.LineOn(endDay - 1) is not null))
            {
                continue;
            }

            var count = counts[(last is { } heard ? device.LineOn(LocalCalendar.DayOf(heard)) : device.LineOn(endDay - 1))?.Index ?? province.Lines.Count];
            count.HasRows = true;
            count.Up += up;
            count.HasUnregistered |= device.Assignments.Count == 0;
            foreach (var (since, until) in required)
            {
                count.Required += until - since;
            }
        }

        return counts;
    }
}
