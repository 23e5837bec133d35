using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Expectations;

/// <summary>Probes by line: how many took how long, at 10⁻⁶ ms, and how many were lost or say nothing.</summary>
internal sealed class LatencyLedger(ProvinceModel province)
{
    private readonly LatencyCount[] _lines = [.. province.Lines.Select(static _ => new LatencyCount())];

    /// <summary>Counts an accepted probe.</summary>
    /// <param name="device">The modem.</param>
    /// <param name="time">Its event time, UTC milliseconds.</param>
    /// <param name="milliseconds">The latency as written in single precision; null is lost, NaN is MISSING (interface 1).</param>
    public void Add(DeviceModel device, long time, double? milliseconds)
    {
        var line = device.LineOn(LocalCalendar.DayOf(time))
            ?? throw new InvalidOperationException($"The modem {device.Id} sends a probe while it is on no line.");
        var isInFlight = time > LocalCalendar.Midnight(province.EndDay) - ProbeSimulation.Deadline;
        _lines[line.Index].Add((float?)milliseconds, ProbeSimulation.Deadline, isInFlight);
    }

    public LatencyCount Of(IEnumerable<LineModel> lines)
    {
        var sum = new LatencyCount();
        foreach (var line in lines)
        {
            sum.Add(_lines[line.Index]);
        }

        return sum;
    }
}
