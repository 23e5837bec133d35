using IndicatorCore.Adapters.Registry;
using IndicatorCore.Aggregation;
using IndicatorCore.Indicators;

namespace IndicatorCore.Bench.Data;

/// <summary>
/// What merging state costs: processor time (user and system, best of several) of one thread, in memory by kind of slot, and of reading whole state files.
/// </summary>
internal static class StateMergeCost
{
    private const int Lines = 4_000;
    private const int ValuesOfSample = 60;

    /// <summary>Merges stores of as many slots as asked for.</summary>
    /// <param name="slots">Slots a store.</param>
    /// <param name="rounds">How often each case is measured.</param>
    public static int InMemory(int slots, int rounds)
    {
        Console.WriteLine($"{slots:N0} slots into as many, best of {rounds}, one thread, processor time");
        Console.WriteLine();
        Console.WriteLine("| slot | bytes of state | same order, M/s | keys in another order, M/s | half of the keys new, M/s |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        Line("counts of connectivity", slots, rounds, static at => new ConnectivityKey(at % Lines, -1, at / Lines), static at => new ConnectivityCell { Rows = Evidence(at), Valid = at, Missing = 1 });
        Line("counts of a grid cell", slots, rounds, static at => new GridKey(OfLine(at / 50), at / 50 / Lines, 0, at % 50 / 7, at % 7), static at => new CoverageCounts { Valid = at, Covered = at, Unserved = 1 });
        Line("sums of energy", slots, rounds, static at => new PaneKey(OfLine(at), at / Lines), static at => new EnergySums { Rows = Evidence(at), Valid = 1 });
        Line("counts of radio", slots, rounds, static at => new PaneKey(OfLine(at), at / Lines), static at => new RadioCell { Rows = Evidence(at), Counts = new CoverageCounts { Valid = at } });
        Line("sums of production", slots, rounds, static at => new ProductionKey(OfLine(at), 0, at / Lines), static at => new ProductionSums { Rows = Evidence(at), ValidOutputRows = 1 });
        Console.WriteLine();
        Bitmaps(slots, rounds);
        Samples(slots / ValuesOfSample, rounds);
        return 0;
    }

    /// <summary>Reads state files into engines of their own.</summary>
    /// <param name="registry">The registry that the states were made with.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="paths">The files.</param>
    public static int Files(string registry, int rounds, ReadOnlySpan<string> paths)
    {
        Console.WriteLine("| state | bytes | slots | read, ms | M slots/s | MB/s |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var path in paths)
        {
            var query = StateFileInfo.SurveyAsync(path).GetAwaiter().GetResult()
                .Over(new IndicatorQuery { Registry = RegistryReader.Read(registry), Threads = 1 });
            long slots = 0;
            var seconds = Best(rounds, () =>
            {
                using var engine = new IndicatorEngine(query);
                engine.MergeStateAsync(path).GetAwaiter().GetResult();
                slots = engine.SlotCount;
            });
            var bytes = new FileInfo(path).Length;
            Console.WriteLine($"| {Path.GetFileName(path)} | {bytes:N0} | {slots:N0} | {seconds * 1e3:0} | {slots / seconds / 1e6:0.0} | {bytes / seconds / 1e6:0.0} |");
        }

        return 0;
    }

    private static Leaf OfLine(int at) => Leaf.None with { Line = at % Lines };

    private static RowEvidence Evidence(int at) => RowEvidence.Of(at, at + 1_000) with { Received = 60 };

    private static void Line<TKey, TCell>(string name, int slots, int rounds, Func<int, TKey> keyOf, Func<int, TCell> cellOf)
        where TKey : struct, IEquatable<TKey>
        where TCell : struct, IMergeable<TCell>
    {
        int[] order = [.. Enumerable.Range(0, slots)], shuffled = [.. order], half = [.. order.Select(at => at % 2 == 0 ? at : at + slots)];
        new Random(1).Shuffle(shuffled);
        var target = Store(order, keyOf, cellOf);
        var rates = new[] { order, shuffled, half }.Select(keys =>
        {
            var source = Store(keys, keyOf, cellOf);
            var isGrowing = ReferenceEquals(keys, half);
            var into = target;
            return slots / Best(rounds, () => into.MergeFrom(source, default(SameKeys<TKey>)), () => into = isGrowing ? Store(order, keyOf, cellOf) : target) / 1e6;
        }).ToList();
        Console.WriteLine($"| {name} | {SlotStore<TKey, TCell>.BytesPerSlot} | {string.Join(" | ", rates.Select(static rate => $"{rate:0.0}"))} |");
    }

    private static SlotStore<TKey, TCell> Store<TKey, TCell>(int[] keys, Func<int, TKey> keyOf, Func<int, TCell> cellOf)
        where TKey : struct, IEquatable<TKey>
        where TCell : struct, IMergeable<TCell>
    {
        var store = new SlotStore<TKey, TCell>(new MemoryBudget(long.MaxValue), "slots");
        foreach (var at in keys)
        {
            store[keyOf(at)].Merge(cellOf(at));
        }

        return store;
    }

    private static void Bitmaps(int devices, int rounds)
    {
        var budget = new MemoryBudget(long.MaxValue);
        DeviceBitmap from = new(budget), to = new(budget);
        for (var device = 0; device < devices; device++)
        {
            from.Add(device);
            to.Add(device / 2);
        }

        int[] map = [.. Enumerable.Range(0, devices)];
        Console.WriteLine($"bitmap, same numbers: {devices / Best(rounds, () => to.MergeFrom(from, [])) / 1e6:0} M devices/s; other numbers: {devices / Best(rounds, () => to.MergeFrom(from, map)) / 1e6:0} M devices/s");
    }

    private static void Samples(int samples, int rounds)
    {
        var budget = new SampleBudget(new MemoryBudget(long.MaxValue), "values");
        var random = new Random(1);
        ValueSample[] New() => [.. Enumerable.Range(0, samples).Select(_ =>
        {
            var sample = new ValueSample(budget, bucketed: false);
            sample.Add([.. Enumerable.Range(0, ValuesOfSample).Select(_ => (uint)random.Next(1_000_000))]);
            return sample;
        })];
        var from = New();
        var to = New();
        var seconds = Best(
            rounds,
            () =>
            {
                for (var i = 0; i < from.Length; i++)
                {
                    to[i].MergeFrom(from[i]);
                }
            },
            () => to = New());
        Console.WriteLine($"values of quantiles, {ValuesOfSample} a slot: {samples / seconds / 1e6:0.0} M slots/s, {samples * (double)ValuesOfSample / seconds / 1e6:0} M values/s");
    }

    private static double Best(int rounds, Action work, Action? before = null)
    {
        var best = double.MaxValue;
        for (var round = 0; round <= rounds; round++)
        {
            before?.Invoke();
            GC.Collect();
            var start = Environment.CpuUsage.TotalTime;
            work();
            var seconds = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
            best = round == 0 ? best : Math.Min(best, seconds);   // the first one compiles
        }

        return best;
    }

    private readonly struct SameKeys<TKey> : IKeyMap<TKey>
        where TKey : struct
    {
        public TKey Map(in TKey key) => key;
    }
}
