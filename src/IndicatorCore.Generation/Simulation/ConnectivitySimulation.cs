using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Simulation;

/// <summary>Heartbeats: every seen device once a tick.</summary>
internal sealed class ConnectivitySimulation(ProvinceModel province, int ticksADay)
{
    private readonly DeviceModel[] _devices = [.. province.Devices.Where(static device => device.Presence != Presence.Silent)];
    private readonly int _tickMilliseconds = (int)(LocalCalendar.MillisecondsADay / ticksADay);

    /// <summary>How long a heartbeat holds where the source says so: three ticks, a day at most; milliseconds.</summary>
    public long Timeout => Math.Min(3L * _tickMilliseconds, LocalCalendar.MillisecondsADay);

    public long Candidates => (long)_devices.Length * ticksADay * province.HotDays;

    /// <summary>The heartbeats of a device in the order of ticks; none of a silent one.</summary>
    public IEnumerable<ConnectivityRow> Of(DeviceModel device, bool clocks)
    {
        var slot = Array.IndexOf(_devices, device);
        for (long tick = 0; slot >= 0 && tick < (long)ticksADay * province.HotDays; tick++)
        {
            if (TryRow((tick * _devices.Length) + slot, clocks, out var row))
            {
                yield return row;
            }
        }
    }

    public bool TryRow(long index, bool clocks, out ConnectivityRow row)
    {
        var (tick, slot) = Math.DivRem(index, _devices.Length);
        var device = _devices[slot];
        var day = province.HotStartDay + (int)(tick / ticksADay);
        row = default;
        if (day >= device.QuietFrom)
        {
            return false;
        }

        var draw = Draw.For(province.Seed, Purpose.Connectivity, slot, tick);
        var offset = draw.Below(_tickMilliseconds);
        var time = LocalCalendar.Midnight(day) + (tick % ticksADay * _tickMilliseconds) + offset;
        var present = Draw.For(province.Seed, Purpose.Presence, device.Index, day).Below(1_000)
            < (device.Presence == Presence.Flaky ? 450 : 975);
        row = new ConnectivityRow
        {
            Device = device,
            EventTime = time,
            IngestTime = time + draw.Between(40, 1_800),
            Online = present && !draw.Chance(30_000),
            Link = device.Access == "nr" ? (draw.Chance(40_000) ? "lte" : (tick + slot) % 11 == 4 ? "5G" : "nr") : device.Access,
            Sequence = tick,
        };
        if (!province.Faults)
        {
            return true;
        }

        var fault = draw.Below(10_000);
        if (fault < 30)
        {
            row.Online = null;
        }
        else if (clocks && fault < 33)
        {
            // A clock that runs ahead by hours: later than its arrival by more than five minutes.
            row.EventTime = row.IngestTime + draw.Between(300_001, 90_000_000);
        }
        else if (clocks && fault < 35)
        {
            row.EventTime = null;
        }

        return true;
    }
}
