using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary><c>counter</c>: byte counters of the base stations, 32 bits wide, so that they wrap.</summary>
internal sealed class CounterTable(ProvinceModel province, int ticksADay, Ledger ledger)
    : TableSource(ShapeOf(province), 2L * province.Factories.Count * ticksADay * province.HotDays)
{
    private readonly int _tickMilliseconds = (int)(LocalCalendar.MillisecondsADay / ticksADay);

    public override bool Emit(long index, BatchBuffer batch)
    {
        var (rest, direction) = Math.DivRem(index, 2);
        var (tick, slot) = Math.DivRem(rest, province.Factories.Count);
        var time = LocalCalendar.Midnight(province.HotStartDay) + (tick * _tickMilliseconds);

        // A steady stream with some unrest, so that any row follows from its tick alone; the counter wraps at 2^32.
        var stream = Draw.For(province.Seed, Purpose.Counter, slot, direction);
        var perTick = stream.Between(20_000_000, 90_000_000) / 96L * _tickMilliseconds / 9_375;
        var unrest = Draw.For(province.Seed, Purpose.Counter, (slot * 2) + direction, tick + 1).Below((int)Math.Min(perTick / 3, 1_000_000_000));
        var bytes = ((tick * perTick) + unrest) & uint.MaxValue;
        batch[0].Add(time);
        batch[1].Add(slot);
        batch[2].Add(0L);
        batch[3].Add(direction);
        batch[4].Add(bytes);
        batch[5].Add(32L);
        batch[6].Add(1_000_000_000L);
        batch.EndRow();
        ledger.Clock.Accept(time, null);
        return true;
    }

    private static TableShape ShapeOf(ProvinceModel province) => new("counter",
    [
        new("event_ts", ColumnKind.Instant),
        new("object", ColumnKind.Key, [.. province.Factories.Select(static factory => $"gNB-{factory.Id}")]),
        new("counter", ColumnKind.Key, ["bytes"]),
        new("direction", ColumnKind.Key, ["dl", "ul"]),
        new("bytes", ColumnKind.Integer),
        new("counter_bits", ColumnKind.Integer),
        new("link_capacity_bps", ColumnKind.Integer),
    ]);
}
