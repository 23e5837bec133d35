using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>The target cells of the registry by factory, and the factory that a sample's cell belongs to.</summary>
internal sealed class SitePlans
{
    private readonly ReportContext _report;
    private readonly Dictionary<int, HashSet<GridCell>> _plans = [];
    private readonly Dictionary<(int Level, int Day), Dictionary<int, List<int>>> _factories = [];

    public SitePlans(ReportContext report)
    {
        _report = report;
        foreach (var record in report.Engine.Registry?.Registry.GridCells ?? [])
        {
            var factory = report.Engine.Keys.Factories.GetOrAdd(record.Factory);
            if (!_plans.TryGetValue(factory, out var cells))
            {
                _plans.Add(factory, cells = []);
            }

            cells.Add(new GridCell(factory, record.Floor, record.X, record.Y));
        }
    }

    /// <summary>The target cells of all factories.</summary>
    public IEnumerable<GridCell> Cells => _plans.Values.SelectMany(static cells => cells);

    /// <summary>Whether a factory has a site plan.</summary>
    public bool HasPlan(int factory) => _plans.ContainsKey(factory);

    /// <summary>How many target cells a factory has.</summary>
    public int Count(int factory) => _plans.TryGetValue(factory, out var cells) ? cells.Count : 0;

    /// <summary>Whether a cell is a target cell.</summary>
    public bool Contains(GridCell cell) => _plans.TryGetValue(cell.Factory, out var cells) && cells.Contains(cell);

    /// <summary>The cell of a state key: its factory is the row's own, else the line's on that day.</summary>
    public GridCell CellOf(in GridKey key)
    {
        var factory = key.Leaf.Factory;
        if (factory < 0 && key.Leaf.Line >= 0 && _report.Engine.Registry is { } registry)
        {
            factory = registry.PlaceOf(key.Leaf.Line, _report.Spans.DayOf(key.Pane)).Factory;
        }

        return new GridCell(factory, key.Floor, key.X, key.Y);
    }

    /// <summary>The planned factories of a group on a day: their target cells count even where nothing was measured.</summary>
    public IReadOnlyCollection<int> FactoriesOf(GroupLevel level, int group, int day)
    {
        if (!_factories.TryGetValue((level.Ordinal, day), out var groups))
        {
            _factories.Add((level.Ordinal, day), groups = []);
            foreach (var factory in _plans.Keys.Order())
            {
                foreach (var number in level.GroupsOf(Leaf.None with { Factory = factory }, day))
                {
                    if (!groups.TryGetValue(number, out var factories))
                    {
                        groups.Add(number, factories = []);
                    }

                    factories.Add(factory);
                }
            }
        }

        return groups.GetValueOrDefault(group) ?? [];
    }
}
