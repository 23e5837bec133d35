using BenchmarkDotNet.Attributes;
using IndicatorCore.Aggregation;

namespace IndicatorCore.Bench.Aggregation;

/// <summary>A million values over 96,000 slots, against a list a slot; and a sample of a million values by one table.</summary>
[MemoryDiagnoser]
public class ValueCellsBench
{
    private const int Rows = 1_000_000;
    private const int Slots = 96_000;

    private readonly int[] _slots = [.. Enumerable.Range(0, Rows).Select(static i => (int)(i * 7_919_000_003 % Slots))];
    private readonly long[] _values = [.. Enumerable.Range(0, Rows).Select(static i => i * 7_919_000_003 % 50_000_000)];
    private readonly ulong[] _mask = [.. Enumerable.Repeat(ulong.MaxValue, (Rows / 64) + 1)];
    private readonly MemoryBudget _budget = new(1L << 32);

    [Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public int Lists()
    {
        var lists = new List<uint>?[Slots];
        for (var i = 0; i < Rows; i++)
        {
            (lists[_slots[i]] ??= []).Add((uint)_values[i]);
        }

        return lists.Length;
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public long AppendRows()
    {
        var cells = new ValueCells(_budget, "values");
        cells.AppendRows(_slots, _values, _mask);
        var total = cells.Total;
        cells.Clear();
        return total;
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public long AppendRuns()
    {
        var cells = new ValueCells(_budget, "values");
        for (var i = 0; i < Rows; i += 50)
        {
            cells.AppendRun(_slots[i], _values.AsSpan(i, 50));
        }

        var total = cells.Total;
        cells.Clear();
        return total;
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public long Histogram()
    {
        var sample = new ValueSample(new SampleBudget(_budget, "values"), bucketed: false);
        sample.Add(_values);
        var total = sample.Count;
        sample.Clear();
        return total;
    }
}
