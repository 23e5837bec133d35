using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Simulation;

/// <summary>Radio samples: every modem once a tick, on its walk through the site.</summary>
internal sealed class RadioSimulation(ProvinceModel province, int ticksADay)
{
    private static readonly int[] s_sentinels = [20_320, 2_550, 655_350, -20_000];
    private readonly IReadOnlyList<DeviceModel> _devices = province.RadioDevices;
    private readonly int _tickMilliseconds = (int)(LocalCalendar.MillisecondsADay / ticksADay);

    /// <summary>The sampling period, milliseconds.</summary>
    public long Period => _tickMilliseconds;

    public long Candidates => (long)_devices.Count * ticksADay * province.HotDays;

    /// <summary>The samples of a modem in the order of ticks.</summary>
    public IEnumerable<RadioRow> Of(int slot)
    {
        for (long tick = 0; tick < (long)ticksADay * province.HotDays; tick++)
        {
            Row((tick * _devices.Count) + slot, clocks: true, out var row);
            yield return row;
        }
    }

    /// <summary>The sample of a device at a tick.</summary>
    /// <param name="index">tick × devices + slot.</param>
    /// <param name="clocks">Whether rows may have faulty times.</param>
    /// <param name="row">The sample.</param>
    public void Row(long index, bool clocks, out RadioRow row)
    {
        var (tick, slot) = Math.DivRem(index, _devices.Count);
        var device = _devices[(int)slot];
        var day = province.HotStartDay + (int)(tick / ticksADay);
        var draw = Draw.For(province.Seed, Purpose.Radio, device.Index, tick);
        var time = LocalCalendar.Midnight(day) + (tick % ticksADay * _tickMilliseconds) + draw.Below(_tickMilliseconds);
        Sample(device, tick, time, ref draw, out row);
        if (!province.Faults || !clocks)
        {
            return;
        }

        var fault = draw.Below(10_000);
        if (fault < 4)
        {
            row.EventTime = row.IngestTime + draw.Between(300_001, 90_000_000);
        }
        else if (fault < 6)
        {
            row.EventTime = null;
        }
    }

    public void Sample(DeviceModel device, long tick, long time, ref Draw draw, out RadioRow row)
    {
        var factory = device.Factory;

        // A walk in steps that have no divisor in common with most site sizes, each modem from a place of its own.
        var cell = (int)(((tick * Step(factory.WalkedCells)) + (device.Index * 13L)) % factory.WalkedCells);
        var perFloor = factory.Columns * factory.Rows;
        var floor = cell / perFloor;
        var east = factory.Origin + (cell % perFloor % factory.Columns);
        var north = factory.Origin + (cell % perFloor / factory.Columns);
        var site = Draw.For(province.Seed, Purpose.GridCell, factory.Index, cell);
        var level = site.Chance(60_000) ? -site.Between(1_020, 1_080) : -site.Between(720, 930);
        row = new RadioRow
        {
            Device = device,
            EventTime = time,
            IngestTime = time + draw.Between(20, 900),
            Cell = $"NR-{factory.Id}-{site.Between(1, 3)}",
            Rat = draw.Below(8) switch { 0 => "nr-sa", 1 => "5G", 2 => null, _ => "NR" },
            Rsrp = Level.Of(level + factory.SignalShift + draw.Bell(70)),
            Sinr = Level.Of((level + 1_050) / 2 + (5 * draw.Bell(16))),
            EastCentimetres = (east * 1_000) + draw.Below(1_000),
            NorthCentimetres = (north * 1_000) + draw.Below(1_000),
            Floor = floor,
            Sequence = tick,
        };
        if (row.Sinr.Tenths > 390)
        {
            row.Sinr = Level.Of(390);
        }

        if (!province.Faults)
        {
            return;
        }

        var fault = draw.Below(10_000);
        if (fault < 60)
        {
            // Outage: no serving cell, and the modem's way of saying nothing.
            row.Cell = fault < 30 ? null : string.Empty;
            row.Rat = null;
            (row.Rsrp, row.Sinr) = fault % 2 == 0 ? (Level.Of(0), Level.Of(0)) : (Level.Null, Level.Null);
        }
        else if (fault < 120)
        {
            row.Cell = $"LTE-{factory.Id}";
            row.Rat = fault % 2 == 0 ? "LTE" : "lte";
        }
        else if (fault < 160)
        {
            row.Sinr = fault % 2 == 0 ? Level.Null : Level.NotANumber;
        }
        else if (fault < 180)
        {
            row.Rsrp = Level.NotANumber;
        }
        else if (fault < 200)
        {
            row.Sinr = Level.Of(s_sentinels[fault % 4]);
        }
        else if (fault < 215)
        {
            row.Rsrp = Level.Of(fault % 2 == 0 ? 0 : -1_600);
        }
        else if (fault < 225)
        {
            // Outside the plan, beyond the fence.
            row.EastCentimetres = ((factory.Origin + factory.Columns + 3) * 1_000) + 250;
        }
        else if (fault < 230)
        {
            row.EastCentimetres = null;
        }
    }

    // A step without a divisor in common with the number of cells reaches them all.
    private static long Step(int cells) => cells % 7 != 0 ? 7 : cells % 11 != 0 ? 11 : 13;
}
