using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary><c>session</c>: packet data sessions of the modems, a few a day.</summary>
internal sealed class SessionTable(ProvinceModel province, int sessionsADay, Ledger ledger)
    : TableSource(ShapeOf(province), (long)province.RadioDevices.Count * sessionsADay * province.HotDays)
{
    private readonly int _slotMilliseconds = (int)(LocalCalendar.MillisecondsADay / sessionsADay);

    public override bool Emit(long index, BatchBuffer batch)
    {
        var (slot, number) = Math.DivRem(index, province.RadioDevices.Count);
        var device = province.RadioDevices[(int)number];
        var draw = Draw.For(province.Seed, Purpose.Session, device.Index, slot);
        var start = LocalCalendar.Midnight(province.HotStartDay) + (slot * _slotMilliseconds) + draw.Below(_slotMilliseconds / 4);
        var end = start + draw.Between(_slotMilliseconds / 8, _slotMilliseconds / 2);
        batch[0].Add(start);
        batch[1].Add(end);
        batch[2].Add(device.Index);
        batch[3].Add($"S{index:D10}");
        batch.EndRow();
        ledger.Clock.Accept(start, null);
        return true;
    }

    private static TableShape ShapeOf(ProvinceModel province) => new("session",
    [
        new("start_ts", ColumnKind.Instant),
        new("end_ts", ColumnKind.Instant),
        new("device", ColumnKind.Key, [.. province.Devices.Select(static device => device.Id)]),
        new("session", ColumnKind.Text),
    ]);
}
