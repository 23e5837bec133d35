using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Simulation;

/// <summary>Byte counters of the base stations, by direction: most are 32 bits wide, so that they wrap.</summary>
internal sealed class CounterSimulation(ProvinceModel province, int ticksADay)
{
    private readonly int _tickMilliseconds = (int)(LocalCalendar.MillisecondsADay / ticksADay);

    public long Candidates => 2L * province.Factories.Count * Ticks;

    private long Ticks => (long)ticksADay * province.HotDays;

    /// <summary>The readings of a counter in the order of time.</summary>
    public IEnumerable<CounterRow> Of(int factory, int direction)
    {
        for (long tick = 0; tick < Ticks; tick++)
        {
            if (TryRow((((tick * province.Factories.Count) + factory) * 2) + direction, out var row))
            {
                yield return row;
            }
        }
    }

    public bool TryRow(long index, out CounterRow row)
    {
        var (rest, direction) = Math.DivRem(index, 2);
        var (tick, slot) = Math.DivRem(rest, province.Factories.Count);
        row = new CounterRow
        {
            Factory = (int)slot,
            Direction = (int)direction,
            Time = LocalCalendar.Midnight(province.HotStartDay) + (tick * _tickMilliseconds),
            Bits = 32,
            Capacity = 1_000_000_000,
        };

        // Of five base stations the third starts from 0 now and then and is wide enough never to wrap, and the fourth does both behind a
        // slow link, so that most of its resets explain no wrap.
        switch (province.Faults ? slot % 5 : 0)
        {
            case 2:
                row.Bits = 64;
                row.Bytes = Raw(slot, direction, tick) - Raw(slot, direction, tick / 37 * 37);
                break;
            case 3:
                row.Capacity = 2_000_000;
                row.Bytes = (Raw(slot, direction, tick) - Raw(slot, direction, tick / 31 * 31)) & uint.MaxValue;
                break;
            default:
                row.Bytes = Raw(slot, direction, tick) & uint.MaxValue;
                break;
        }

        // Some readings do not arrive.
        return !province.Faults || !Draw.For(province.Seed, Purpose.Sequence, (slot * 2) + direction, (1L << 40) + tick).Chance(10_000);
    }

    // A steady stream with some unrest, so that any row follows from its tick alone.
    private long Raw(long slot, long direction, long tick)
    {
        var stream = Draw.For(province.Seed, Purpose.Counter, slot, direction);
        var perTick = stream.Between(20_000_000, 90_000_000) / 96L * _tickMilliseconds / 9_375;
        var unrest = Draw.For(province.Seed, Purpose.Counter, (slot * 2) + direction, tick + 1).Below((int)Math.Min(perTick / 3, 1_000_000_000));
        return (tick * perTick) + unrest;
    }
}
