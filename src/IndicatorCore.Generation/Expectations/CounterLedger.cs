using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Expectations;

/// <summary>Byte counters by factory and direction; readings are made again counter by counter, so that none is kept.</summary>
internal sealed class CounterLedger(ProvinceModel province, CounterSimulation simulation)
{
    private (CounterCount[] Directions, long Capacity)[]? _factories;

    /// <summary>What passed through the counters of factories.</summary>
    /// <param name="factories">The factories.</param>
    /// <param name="direction">0 = down, 1 = up, null = both.</param>
    public CounterCount Of(IEnumerable<FactoryModel> factories, int? direction)
    {
        _factories ??= CountByFactory();
        var sum = new CounterCount();
        foreach (var factory in factories)
        {
            for (var i = 0; i < 2; i++)
            {
                if (direction is null || direction == i)
                {
                    sum.Add(_factories[factory.Index].Directions[i]);
                }
            }
        }

        return sum;
    }

    /// <summary>The capacity of the links of factories, bit/s.</summary>
    public long CapacityOf(IEnumerable<FactoryModel> factories)
    {
        _factories ??= CountByFactory();
        return factories.Sum(factory => _factories[factory.Index].Capacity);
    }

    private (CounterCount[] Directions, long Capacity)[] CountByFactory()
    {
        var counts = new (CounterCount[], long)[province.Factories.Count];
        foreach (var factory in province.Factories)
        {
            var directions = new CounterCount[] { new(), new() };
            long capacity = 0;
            for (var direction = 0; direction < 2; direction++)
            {
                CounterRow? before = null;
                foreach (var row in simulation.Of(factory.Index, direction))
                {
                    capacity = Math.Max(capacity, row.Capacity);
                    if (before is { } from)
                    {
                        Add(directions[direction], from, row);
                    }

                    before = row;
                }
            }

            counts[factory.Index] = (directions, capacity);
        }

        return counts;
    }

    private static void Add(CounterCount count, CounterRow from, CounterRow to)
    {
        var time = to.Time - from.Time;
        Int128 delta = to.Bytes - from.Bytes;
        if (delta < 0)
        {
            // "wrap if delta < 0 and the declared width explains it with a rate below link capacity, else counter reset"
            var around = to.Bits < 64 ? delta + ((Int128)1 << (int)to.Bits) : -1;
            if (around < 0 || around * 8 * 1_000 >= (Int128)to.Capacity * time)
            {
                count.Resets++;
                return;
            }

            delta = around;
        }

        count.Bytes += delta;
        count.Milliseconds += time;
    }
}
