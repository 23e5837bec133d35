using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Simulation;

/// <summary>Round trips: one packet a modem and tick, numbered by 16 bits, so that the numbers wrap.</summary>
internal sealed class ProbeSimulation(ProvinceModel province, int ticksADay)
{
    /// <summary>The width of the numbers.</summary>
    public const int NumberBits = 16;

    /// <summary>The deadline of every packet, milliseconds.</summary>
    public const int Deadline = 20;

    private readonly int _tickMilliseconds = (int)(LocalCalendar.MillisecondsADay / ticksADay);

    public long Candidates => (long)province.RadioDevices.Count * Ticks;

    private long Ticks => (long)ticksADay * province.HotDays;

    /// <summary>The rows of a modem in the order of ticks.</summary>
    /// <param name="slot">Its place among the province's modems.</param>
    public IEnumerable<ProbeRow> Of(int slot)
    {
        for (long tick = 0; tick < Ticks; tick++)
        {
            if (TryRow((tick * province.RadioDevices.Count) + slot, out var row))
            {
                yield return row;
            }
        }
    }

    public bool TryRow(long index, out ProbeRow row)
    {
        var (tick, slot) = Math.DivRem(index, province.RadioDevices.Count);
        var device = province.RadioDevices[(int)slot];
        var draw = Draw.For(province.Seed, Purpose.Probe, device.Index, tick);
        var sent = LocalCalendar.Midnight(province.HotStartDay + (int)(tick / ticksADay))
            + (tick % ticksADay * _tickMilliseconds) + draw.Below(_tickMilliseconds);

        // One modem in fifty stamps its packets eight seconds early or late.
        var skew = province.Faults && device.Index % 50 == 7 ? (device.Index % 100 == 7 ? 8_000 : -8_000) : 0;
        var lost = draw.Chance(3_000);
        var tail = draw.Chance(20_000) ? draw.Between(0, 900) : 0;
        var tenths = 60 + draw.Between(0, 80) + draw.Between(0, 60) + tail;
        var received = sent + (tenths / 10) + draw.Between(1, 40);
        row = new ProbeRow
        {
            Device = device,

            // The receiver's clock is right; the sender's is off, and inside the calendar in any case.
            Stamp = Math.Clamp(sent + skew, LocalCalendar.Midnight(province.HotStartDay), LocalCalendar.Midnight(province.EndDay) - 1),
            ReceivedTime = received,
            IsLost = lost,
            Latency = lost ? null : province.Faults && draw.Chance(500) ? double.NaN : tenths / 10.0,
            Number = Number(device, tick),
        };
        if (!province.Faults)
        {
            return true;
        }

        // Three in a thousand leave no row at all, and three more repeat the number before: the packet that had the number is gone.
        var fate = Draw.For(province.Seed, Purpose.Sequence, device.Index, tick).Below(1_000);
        if (fate is >= 3 and < 6 && tick > 0)
        {
            row.Number = Number(device, tick - 1);
        }

        return fate >= 3;
    }

    // Now and then two neighbours change places; one modem in twenty starts again at 0 in the middle.
    private long Number(DeviceModel device, long tick)
    {
        var pair = tick / 2 * 2;
        if (province.Faults && pair + 1 < Ticks && Draw.For(province.Seed, Purpose.Sequence, device.Index, -1 - pair).Chance(5_000))
        {
            tick = (pair * 2) + 1 - tick;
        }

        var restart = Ticks / 2;
        var number = province.Faults && device.Index % 20 == 3 && tick >= restart ? tick - restart : 65_400 + (device.Index % 64) + tick;
        return number & ushort.MaxValue;
    }
}
