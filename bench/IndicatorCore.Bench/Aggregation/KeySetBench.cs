using BenchmarkDotNet.Attributes;
using IndicatorCore.Aggregation;

namespace IndicatorCore.Bench.Aggregation;

/// <summary>A million sightings of 20,000 devices of 400 leaves in 24 panes: sets by leaf and pane, bitmaps a pane, and plain hash sets.</summary>
[MemoryDiagnoser]
public class KeySetBench
{
    private const int Rows = 1_000_000;
    private const int Devices = 20_000;
    private const int Panes = 24;

    private readonly int[] _devices = [.. Enumerable.Range(0, Rows).Select(static i => (int)(i * 7_919_000_003 % Devices))];
    private readonly MemoryBudget _budget = new(1L << 32);
    private readonly DeviceBitmap _half;

    public KeySetBench()
    {
        _half = new DeviceBitmap(_budget);
        for (var device = 0; device < Devices; device += 2)
        {
            _half.Add(device);
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public int HashSets()
    {
        var sets = new HashSet<(int Leaf, int Pane, int Key)>();
        for (var i = 0; i < Rows; i++)
        {
            sets.Add((_devices[i] / 50, i % Panes, _devices[i]));
        }

        return sets.Count;
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public int Scoped()
    {
        var keys = new ScopedKeys(_budget);
        for (var i = 0; i < Rows; i++)
        {
            keys.Add(_devices[i] / 50, i % Panes, _devices[i]);
        }

        return keys.Panes;
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public bool Bitmaps()
    {
        var panes = Enumerable.Range(0, Panes).Select(_ => new DeviceBitmap(_budget)).ToArray();
        for (var i = 0; i < Rows; i++)
        {
            panes[i % Panes].Add(_devices[i]);
        }

        var seen = panes[0].Contains(_devices[0]);
        Array.ForEach(panes, static pane => pane.Clear());
        return seen;
    }

    [Benchmark]
    public bool MergeBitmaps()
    {
        var target = new DeviceBitmap(_budget);
        target.MergeFrom(_half, []);
        var seen = target.Contains(2);
        target.Clear();
        return seen;
    }
}
