using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Samples of a group in a window by grid cell, over all its days and lines.</summary>
internal sealed class GridTotals
{
    private readonly SortedDictionary<int, Dictionary<GridCell, CoverageCounts>> _factories = [];

    /// <summary>The factories with samples.</summary>
    public IReadOnlyCollection<int> Factories => _factories.Keys;

    /// <summary>The cells of a factory with their counts.</summary>
    public IEnumerable<KeyValuePair<GridCell, CoverageCounts>> Cells(int factory) => _factories.GetValueOrDefault(factory) ?? [];

    /// <summary>Adds a day's samples of a cell.</summary>
    public void Add(GridCell cell, CoverageCounts counts)
    {
        if (!_factories.TryGetValue(cell.Factory, out var cells))
        {
            _factories.Add(cell.Factory, cells = []);
        }

        ref var total = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(cells, cell, out _);
        total.Merge(counts);
    }
}
