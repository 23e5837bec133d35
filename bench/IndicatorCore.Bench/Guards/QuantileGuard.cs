using IndicatorCore.Aggregation;
using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Bench.Guards;

/// <summary>Values over 500 slots and the 95th percentile of each, against a list a slot that is sorted.</summary>
internal sealed class QuantileGuard
{
    private const int Rows = 102_400;
    private const int Slots = 500;

    private readonly int[] _slots = [.. Enumerable.Range(0, Rows).Select(static i => (int)(i * 7_919_000_003 % Slots))];
    private readonly long[] _values = [.. Enumerable.Range(0, Rows).Select(static i => i * 7_919_000_003 % 50_000_000)];
    private readonly ulong[] _mask = [.. Enumerable.Repeat(ulong.MaxValue, Rows / 64)];
    private readonly uint[] _drained = new uint[Rows];
    private readonly MemoryBudget _budget = new(1L << 30);
    private ulong _sum;

    /// <summary>The guard.</summary>
    public RatioCase Ratio() => new("quantile_to_sorted_lists", Kernel, Lists);

    private void Kernel()
    {
        var cells = new ValueCells(_budget, "values");
        cells.AppendRows(_slots, _values, _mask);
        for (var slot = 0; slot < Slots; slot++)
        {
            var (narrow, _) = cells.Count(slot);
            var values = _drained.AsSpan(0, narrow);
            cells.Drain(slot, values, []);
            _sum += RankKernel.Select(values, Rank(narrow));
        }

        cells.Clear();
    }

    private void Lists()
    {
        var lists = new List<uint>?[Slots];
        for (var i = 0; i < Rows; i++)
        {
            (lists[_slots[i]] ??= []).Add((uint)_values[i]);
        }

        foreach (var list in lists)
        {
            _sum += RankReference.Select(list!.ToArray(), Rank(list.Count));
        }
    }

    private static int Rank(int count) => ((count * 95) + 99) / 100 - 1;
}
