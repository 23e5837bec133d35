using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary><c>probe</c>: round trips, one packet a modem and tick. Skewed clocks live here, where a clock matters to a delay.</summary>
internal sealed class ProbeTable(ProvinceModel province, int ticksADay, Ledger ledger)
    : TableSource(ShapeOf(province), (long)province.RadioDevices.Count * ticksADay * province.HotDays)
{
    private readonly int _tickMilliseconds = (int)(LocalCalendar.MillisecondsADay / ticksADay);

    public override bool Emit(long index, BatchBuffer batch)
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

        // The receiver's clock is right; the sender's is off, and inside the calendar in any case.
        var stamp = Math.Clamp(sent + skew, LocalCalendar.Midnight(province.HotStartDay), LocalCalendar.Midnight(province.EndDay) - 1);
        batch[0].Add(stamp);
        batch[1].Add(slot);
        batch[2].Add(device.Index);
        batch[3].Add(tick);
        double? latency = lost ? null : province.Faults && draw.Chance(500) ? double.NaN : tenths / 10.0;
        if (latency is not null)
        {
            batch[4].Add(latency);
        }

        batch[5].Add((double?)20);
        batch[6].Add((bool?)lost);
        batch[7].Add((bool?)false);
        batch[8].Add(received);
        batch.EndRow();
        if (ledger.Clock.Accept(stamp, received))
        {
            ledger.Latency.Add(device, stamp, latency);
        }

        return true;
    }

    private static TableShape ShapeOf(ProvinceModel province) => new("probe",
    [
        new("event_ts", ColumnKind.Instant),
        new("flow", ColumnKind.Key, [.. province.RadioDevices.Select(static device => $"{device.Id}-ping")]),
        new("device", ColumnKind.Key, [.. province.Devices.Select(static device => device.Id)]),
        new("seq", ColumnKind.Integer),
        new("latency_ms", ColumnKind.Single),
        new("deadline_ms", ColumnKind.Single),
        new("lost", ColumnKind.Flag),
        new("one_way", ColumnKind.Flag),
        new("ingest_ts", ColumnKind.Instant),
    ]);
}
