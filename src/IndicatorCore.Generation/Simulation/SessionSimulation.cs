using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Simulation;

/// <summary>Packet data sessions of the modems: one a modem and slot of the day; all that start in a slot start before those of the next.</summary>
internal sealed class SessionSimulation(ProvinceModel province, int sessionsADay)
{
    private readonly int _slotMilliseconds = (int)(LocalCalendar.MillisecondsADay / sessionsADay);

    public long Candidates => Slots * province.RadioDevices.Count;

    /// <summary>How many slots the calendar has.</summary>
    public long Slots => (long)sessionsADay * province.HotDays;

    public void Row(long index, out SessionRow row)
    {
        var (slot, number) = Math.DivRem(index, province.RadioDevices.Count);
        var device = province.RadioDevices[(int)number];
        var draw = Draw.For(province.Seed, Purpose.Session, device.Index, slot);
        var start = LocalCalendar.Midnight(province.HotStartDay) + (slot * _slotMilliseconds) + draw.Below(_slotMilliseconds / 4);
        row = new SessionRow
        {
            Device = device,
            Start = start,
            End = start + draw.Between(_slotMilliseconds / 8, _slotMilliseconds / 2),
            Id = index,
        };
        if (!province.Faults)
        {
            return;
        }

        var fault = Draw.For(province.Seed, Purpose.Session, device.Index, -1 - slot).Below(1_000);
        if (fault < 5)
        {
            row.End = null;
        }
        else if (fault < 10)
        {
            row.End = start - 60_000;
        }
        else if (fault < 30)
        {
            // across midnight, where the day has few slots left
            row.End = start + (3L * _slotMilliseconds);
        }
        else if (fault < 60 && slot % 2 == 1)
        {
            // the other half of the session before
            row.Id = index - province.RadioDevices.Count;
        }
    }
}
